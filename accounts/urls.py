"""Sign-in of staff. Nobody can sign up, and nothing is sent by mail, so allauth's pages for those are not here."""

from allauth.account import views as account
from allauth.usersessions import views as sessions
from django.urls import include, path
from django.views.generic import RedirectView

from accounts import views

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="mfa_index")),
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("password/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("2fa/webauthn/login/", views.sign_in_with_passkey, name="mfa_login_webauthn"),
    path("2fa/webauthn/reauthenticate/", views.prove_by_passkey, name="mfa_reauthenticate_webauthn"),
    path("2fa/totp/deactivate/", views.remove_app, name="mfa_deactivate_totp"),
    path("2fa/webauthn/keys/<int:pk>/remove/", views.remove_passkey, name="mfa_remove_webauthn"),
    # Codes are shown once, on a page; allauth would also give them as a file.
    path("2fa/recovery-codes/download/", RedirectView.as_view(pattern_name="mfa_view_recovery_codes")),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", sessions.list_usersessions, name="usersessions_list"),
    path("sessions/<int:pk>/end/", views.end_session, name="staff_end_session"),
    path("welcome/<uidb64>/<token>/", views.welcome, name="staff_welcome"),
]
