"""The desk: where drafts stand, when revisions are before the public, the record, feedback and counts."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from datetime import timedelta

from django.db import migrations, models


LOADED_WITHIN = timedelta(seconds=10)  # a draft that came with a publication was saved right after it


def publications(apps, schema_editor):
    """Every revision was before the public from the moment it was made; drafts that are as it was are published."""
    publication = apps.get_model("guidance", "Publication")
    for revision in apps.get_model("guidance", "Revision").objects.order_by("created_at", "pk"):
        publication.objects.create(
            kind=revision.kind, key=revision.key, revision=revision, starts_at=revision.created_at
        )
    for live in apps.get_model("guidance", "Live").objects.select_related("revision"):
        drafts = apps.get_model("guidance", f"{live.kind}draft").objects
        loaded = drafts.filter(key=live.key, updated_at__lte=live.revision.created_at + LOADED_WITHIN)
        loaded.update(state="published")


class Migration(migrations.Migration):

    dependencies = [
        ('guidance', '0002_library'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='revision',
            options={'ordering': ['kind', 'key', '-number'], 'permissions': [('review_revision', '审核别人的草稿，记录核对'), ('publish_revision', '发布、定时、恢复旧版本、撤下'), ('import_content', '导入内容'), ('export_content', '导出内容和记录')], 'verbose_name': '已发布版本', 'verbose_name_plural': '已发布版本'},
        ),
        migrations.RenameField('revision', 'published_at', 'created_at'),
        migrations.AlterField(
            model_name='revision',
            name='created_at',
            field=models.DateTimeField(auto_now_add=True, verbose_name='定稿时间'),
        ),
        migrations.AddField(
            model_name='advicedraft',
            name='version',
            field=models.PositiveBigIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='articledraft',
            name='state',
            field=models.CharField(choices=[('draft', '草稿'), ('in_review', '待审'), ('returned', '退回'), ('approved', '可发布'), ('published', '已发布')], default='draft', editable=False, max_length=10, verbose_name='状态'),
        ),
        migrations.AddField(
            model_name='articledraft',
            name='submitted',
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name='articledraft',
            name='version',
            field=models.PositiveBigIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='causedraft',
            name='version',
            field=models.PositiveBigIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='claimdraft',
            name='state',
            field=models.CharField(choices=[('draft', '草稿'), ('in_review', '待审'), ('returned', '退回'), ('approved', '可发布'), ('published', '已发布')], default='draft', editable=False, max_length=10, verbose_name='状态'),
        ),
        migrations.AddField(
            model_name='claimdraft',
            name='submitted',
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name='claimdraft',
            name='version',
            field=models.PositiveBigIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='contactdraft',
            name='state',
            field=models.CharField(choices=[('draft', '草稿'), ('in_review', '待审'), ('returned', '退回'), ('approved', '可发布'), ('published', '已发布')], default='draft', editable=False, max_length=10, verbose_name='状态'),
        ),
        migrations.AddField(
            model_name='contactdraft',
            name='submitted',
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name='contactdraft',
            name='version',
            field=models.PositiveBigIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='evidencedraft',
            name='version',
            field=models.PositiveBigIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='faqdraft',
            name='state',
            field=models.CharField(choices=[('draft', '草稿'), ('in_review', '待审'), ('returned', '退回'), ('approved', '可发布'), ('published', '已发布')], default='draft', editable=False, max_length=10, verbose_name='状态'),
        ),
        migrations.AddField(
            model_name='faqdraft',
            name='submitted',
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name='faqdraft',
            name='version',
            field=models.PositiveBigIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='flowdraft',
            name='state',
            field=models.CharField(choices=[('draft', '草稿'), ('in_review', '待审'), ('returned', '退回'), ('approved', '可发布'), ('published', '已发布')], default='draft', editable=False, max_length=10, verbose_name='状态'),
        ),
        migrations.AddField(
            model_name='flowdraft',
            name='submitted',
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name='flowdraft',
            name='version',
            field=models.PositiveBigIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='optiondraft',
            name='version',
            field=models.PositiveBigIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='questiondraft',
            name='version',
            field=models.PositiveBigIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='revision',
            name='reviewer',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='审核'),
        ),
        migrations.AddField(
            model_name='scenariodraft',
            name='version',
            field=models.PositiveBigIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='sourcedraft',
            name='state',
            field=models.CharField(choices=[('draft', '草稿'), ('in_review', '待审'), ('returned', '退回'), ('approved', '可发布'), ('published', '已发布')], default='draft', editable=False, max_length=10, verbose_name='状态'),
        ),
        migrations.AddField(
            model_name='sourcedraft',
            name='submitted',
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name='sourcedraft',
            name='version',
            field=models.PositiveBigIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='termdraft',
            name='state',
            field=models.CharField(choices=[('draft', '草稿'), ('in_review', '待审'), ('returned', '退回'), ('approved', '可发布'), ('published', '已发布')], default='draft', editable=False, max_length=10, verbose_name='状态'),
        ),
        migrations.AddField(
            model_name='termdraft',
            name='submitted',
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name='termdraft',
            name='version',
            field=models.PositiveBigIntegerField(default=0, editable=False),
        ),
        migrations.CreateModel(
            name='DailyCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='日期')),
                ('subject', models.CharField(max_length=60, verbose_name='对象')),
                ('number', models.PositiveIntegerField(default=0, verbose_name='版本')),
                ('what', models.CharField(max_length=80, verbose_name='计数')),
                ('total', models.PositiveIntegerField(default=0, verbose_name='次数')),
            ],
            options={
                'verbose_name': '计数',
                'verbose_name_plural': '计数',
                'ordering': ['-day', 'subject', 'what'],
                'constraints': [models.UniqueConstraint(fields=('day', 'subject', 'number', 'what'), name='one_count_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='时间')),
                ('action', models.CharField(choices=[('edit', '修改草稿'), ('submit', '送审'), ('recall', '收回'), ('return', '退回'), ('approve', '通过'), ('override', '自己通过自己的草稿'), ('publish', '发布'), ('schedule', '定时发布'), ('unschedule', '取消定时'), ('withdraw', '撤下'), ('restore', '恢复旧版本'), ('confirm', '核对无改动'), ('delete', '删除'), ('preview', '生成预览链接'), ('import', '导入'), ('export', '导出'), ('roles', '改角色')], max_length=12, verbose_name='做了什么')),
                ('kind', models.CharField(blank=True, choices=[('source', '来源'), ('claim', '主张'), ('contact', '官方联系方式'), ('term', '名词'), ('article', '指南'), ('faq', '常见问题'), ('flow', '情况自查')], max_length=20, verbose_name='种类')),
                ('key', models.CharField(blank=True, max_length=40, verbose_name='标识')),
                ('number', models.PositiveIntegerField(blank=True, null=True, verbose_name='版本')),
                ('note', models.TextField(blank=True, verbose_name='说明')),
                ('document', models.JSONField(blank=True, null=True, verbose_name='内容')),
                ('actor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='谁')),
            ],
            options={
                'verbose_name': '操作记录',
                'verbose_name_plural': '操作记录',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Feedback',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='时间')),
                ('kind', models.CharField(choices=[('article', '指南'), ('faq', '常见问题'), ('flow', '自查结果')], max_length=20, verbose_name='种类')),
                ('key', models.CharField(max_length=40, verbose_name='标识')),
                ('number', models.PositiveIntegerField(verbose_name='版本')),
                ('cause', models.CharField(blank=True, max_length=40, verbose_name='结果')),
                ('useful', models.BooleanField(verbose_name='有用')),
                ('reason', models.CharField(blank=True, choices=[('unclear', '看不明白'), ('not_mine', '和我的情况不一样'), ('wrong', '说的和我看到的不一样'), ('no_next', '看完还是不知道怎么办'), ('other', '其他')], max_length=10, verbose_name='哪里不好')),
                ('text', models.TextField(blank=True, max_length=500, verbose_name='读者的话')),
                ('token', models.CharField(editable=False, max_length=32, unique=True)),
            ],
            options={
                'verbose_name': '读者反馈',
                'verbose_name_plural': '读者反馈',
                'ordering': ['-created_at', '-pk'],
                'indexes': [models.Index(fields=['kind', 'key'], name='feedback_on_a_page')],
            },
        ),
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('source', '来源'), ('claim', '主张'), ('contact', '官方联系方式'), ('term', '名词'), ('article', '指南'), ('faq', '常见问题'), ('flow', '情况自查')], max_length=20, verbose_name='种类')),
                ('key', models.SlugField(max_length=40, verbose_name='标识')),
                ('starts_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='开始')),
                ('ends_at', models.DateTimeField(blank=True, null=True, verbose_name='结束')),
                ('revision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='publication', to='guidance.revision', verbose_name='版本')),
            ],
            options={
                'verbose_name': '发布时间',
                'verbose_name_plural': '发布时间',
                'ordering': ['starts_at', 'pk'],
            },
        ),
        migrations.RunPython(publications, migrations.RunPython.noop),
        migrations.DeleteModel(
            name='Live',
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['kind', 'key'], name='events_of_a_document'),
        ),
        migrations.AddIndex(
            model_name='publication',
            index=models.Index(fields=['kind', 'key', 'starts_at'], name='publications_of_a_document'),
        ),
        migrations.AlterField(
            model_name='advicedraft',
            name='flow',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='advice', to='guidance.flowdraft', verbose_name='情况自查'),
        ),
        migrations.AlterField(
            model_name='causedraft',
            name='flow',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='causes', to='guidance.flowdraft', verbose_name='情况自查'),
        ),
        migrations.AlterField(
            model_name='evidencedraft',
            name='flow',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='guidance.flowdraft', verbose_name='情况自查'),
        ),
        migrations.AlterField(
            model_name='optiondraft',
            name='question',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='options', to='guidance.questiondraft', verbose_name='题目'),
        ),
        migrations.AlterField(
            model_name='questiondraft',
            name='flow',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='guidance.flowdraft', verbose_name='情况自查'),
        ),
        migrations.AlterField(
            model_name='scenariodraft',
            name='flow',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scenarios', to='guidance.flowdraft', verbose_name='情况自查'),
        ),
    ]
