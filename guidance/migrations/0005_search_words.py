"""What editors give the search: keywords, words that mean the same, what stands first, what people say."""

import django.db.models.deletion
import guidance.models.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('guidance', '0004_staff_steps'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='articledraft',
            name='keywords',
            field=guidance.models.fields.DocumentField(blank=True, default=list, help_text='读者会打、正文里没有的词，例如俗称、错别字；只用来搜索，不显示。', verbose_name='关键词'),
        ),
        migrations.AddField(
            model_name='claimdraft',
            name='keywords',
            field=guidance.models.fields.DocumentField(blank=True, default=list, help_text='读者会打、正文里没有的词，例如俗称、错别字；只用来搜索，不显示。', verbose_name='关键词'),
        ),
        migrations.AddField(
            model_name='contactdraft',
            name='keywords',
            field=guidance.models.fields.DocumentField(blank=True, default=list, help_text='读者会打、正文里没有的词，例如俗称、错别字；只用来搜索，不显示。', verbose_name='关键词'),
        ),
        migrations.AddField(
            model_name='faqdraft',
            name='keywords',
            field=guidance.models.fields.DocumentField(blank=True, default=list, help_text='读者会打、正文里没有的词，例如俗称、错别字；只用来搜索，不显示。', verbose_name='关键词'),
        ),
        migrations.AddField(
            model_name='flowdraft',
            name='keywords',
            field=guidance.models.fields.DocumentField(blank=True, default=list, help_text='读者会打、正文里没有的词，例如俗称、错别字；只用来搜索，不显示。', verbose_name='关键词'),
        ),
        migrations.AddField(
            model_name='termdraft',
            name='keywords',
            field=guidance.models.fields.DocumentField(blank=True, default=list, help_text='读者会打、正文里没有的词，例如俗称、错别字；只用来搜索，不显示。', verbose_name='关键词'),
        ),
        migrations.AlterField(
            model_name='event',
            name='kind',
            field=models.CharField(blank=True, choices=[('source', '来源'), ('claim', '主张'), ('contact', '官方联系方式'), ('term', '名词'), ('article', '指南'), ('faq', '常见问题'), ('flow', '情况自查'), ('synonym', '同义词'), ('pin', '搜索置顶'), ('phrase', '自述说法')], max_length=20, verbose_name='种类'),
        ),
        migrations.AlterField(
            model_name='publication',
            name='kind',
            field=models.CharField(choices=[('source', '来源'), ('claim', '主张'), ('contact', '官方联系方式'), ('term', '名词'), ('article', '指南'), ('faq', '常见问题'), ('flow', '情况自查'), ('synonym', '同义词'), ('pin', '搜索置顶'), ('phrase', '自述说法')], max_length=20, verbose_name='种类'),
        ),
        migrations.AlterField(
            model_name='revision',
            name='kind',
            field=models.CharField(choices=[('source', '来源'), ('claim', '主张'), ('contact', '官方联系方式'), ('term', '名词'), ('article', '指南'), ('faq', '常见问题'), ('flow', '情况自查'), ('synonym', '同义词'), ('pin', '搜索置顶'), ('phrase', '自述说法')], max_length=20, verbose_name='种类'),
        ),
        migrations.CreateModel(
            name='PhraseDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveBigIntegerField(default=0, editable=False)),
                ('key', models.SlugField(help_text='小写字母、数字和连字符，定了就不再改。', max_length=40, unique=True, verbose_name='标识')),
                ('checked_on', models.DateField(null=True, verbose_name='核对日期')),
                ('review_by', models.DateField(null=True, verbose_name='下次核对')),
                ('state', models.CharField(choices=[('draft', '草稿'), ('in_review', '待审'), ('returned', '退回'), ('approved', '可发布'), ('published', '已发布')], default='draft', editable=False, max_length=10, verbose_name='状态')),
                ('submitted', models.CharField(blank=True, editable=False, max_length=64)),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='修改时间')),
                ('flow', models.CharField(max_length=40, verbose_name='情况自查')),
                ('question', models.CharField(max_length=40, verbose_name='题目')),
                ('options', guidance.models.fields.DocumentField(default=list, verbose_name='选项')),
                ('says', guidance.models.fields.DocumentField(default=list, verbose_name='读者会说')),
                ('unless', guidance.models.fields.DocumentField(blank=True, default=list, verbose_name='同一句里有这些就不算')),
                ('at_least', models.PositiveIntegerField(blank=True, null=True, verbose_name='最少多少天')),
                ('at_most', models.PositiveIntegerField(blank=True, null=True, verbose_name='最多多少天')),
                ('updated_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='修改人')),
            ],
            options={
                'verbose_name': '自述说法',
                'verbose_name_plural': '自述说法',
                'ordering': ['key'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PinDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveBigIntegerField(default=0, editable=False)),
                ('key', models.SlugField(help_text='小写字母、数字和连字符，定了就不再改。', max_length=40, unique=True, verbose_name='标识')),
                ('checked_on', models.DateField(null=True, verbose_name='核对日期')),
                ('review_by', models.DateField(null=True, verbose_name='下次核对')),
                ('state', models.CharField(choices=[('draft', '草稿'), ('in_review', '待审'), ('returned', '退回'), ('approved', '可发布'), ('published', '已发布')], default='draft', editable=False, max_length=10, verbose_name='状态')),
                ('submitted', models.CharField(blank=True, editable=False, max_length=64)),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='修改时间')),
                ('queries', guidance.models.fields.DocumentField(default=list, verbose_name='搜索的词')),
                ('anywhere', models.BooleanField(default=False, help_text='不选：整个搜索就是其中一个。选了：搜索里含有其中一个。', verbose_name='只要含有就算')),
                ('pages', guidance.models.fields.DocumentField(default=list, verbose_name='排在最前的页面')),
                ('updated_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='修改人')),
            ],
            options={
                'verbose_name': '搜索置顶',
                'verbose_name_plural': '搜索置顶',
                'ordering': ['key'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SynonymDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveBigIntegerField(default=0, editable=False)),
                ('key', models.SlugField(help_text='小写字母、数字和连字符，定了就不再改。', max_length=40, unique=True, verbose_name='标识')),
                ('checked_on', models.DateField(null=True, verbose_name='核对日期')),
                ('review_by', models.DateField(null=True, verbose_name='下次核对')),
                ('state', models.CharField(choices=[('draft', '草稿'), ('in_review', '待审'), ('returned', '退回'), ('approved', '可发布'), ('published', '已发布')], default='draft', editable=False, max_length=10, verbose_name='状态')),
                ('submitted', models.CharField(blank=True, editable=False, max_length=64)),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='修改时间')),
                ('words', guidance.models.fields.DocumentField(default=list, verbose_name='意思一样的词')),
                ('typed', guidance.models.fields.DocumentField(blank=True, default=list, verbose_name='读者会打成')),
                ('updated_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='修改人')),
            ],
            options={
                'verbose_name': '同义词',
                'verbose_name_plural': '同义词',
                'ordering': ['key'],
                'abstract': False,
            },
        ),
    ]
