"""Staff users in the admin."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin

from accounts.models import StaffUser


@admin.register(StaffUser)
class StaffUserAdmin(UserAdmin):
    fieldsets = (*(UserAdmin.fieldsets or ()), ("显示", {"fields": ("display_name",)}))
