"""The search index: what can be found, how common terms are, and the table of the database's own text search."""

from django.db import migrations, models

from guidance.search import index


def create(apps, schema_editor):
    # The table is the search's own and can always be made anew, so it is made as today's code wants it.
    index.create(schema_editor.connection)


def drop(apps, schema_editor):
    index.drop(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ('guidance', '0005_search_words'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchTerm',
            fields=[
                ('term', models.CharField(max_length=60, primary_key=True, serialize=False)),
                ('entries', models.IntegerField()),
            ],
            options={
                'verbose_name': '搜索词频',
                'verbose_name_plural': '搜索词频',
                'ordering': ['term'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('key', models.CharField(max_length=40)),
                ('section', models.CharField(blank=True, max_length=40)),
                ('title', models.TextField()),
                ('heading', models.TextField(blank=True)),
                ('text', models.TextField(blank=True)),
                ('keywords', models.TextField(blank=True)),
                ('url', models.CharField(max_length=200)),
                ('order', models.IntegerField(default=0)),
                ('normal_title', models.TextField()),
                ('normal_heading', models.TextField(blank=True)),
                ('normal_keywords', models.TextField(blank=True)),
                ('normal_text', models.TextField(blank=True)),
                ('digest', models.CharField(max_length=32)),
                ('terms_version', models.PositiveIntegerField()),
                ('starts_at', models.DateTimeField(null=True)),
                ('ends_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': '搜索条目',
                'verbose_name_plural': '搜索条目',
                'ordering': ['pk'],
                'default_permissions': (),
                'indexes': [models.Index(fields=['kind', 'key'], name='entries_of_a_document')],
            },
        ),
        migrations.RunPython(create, drop, elidable=False),
    ]
