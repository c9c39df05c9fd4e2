"""All settings, driven by the environment. Starting without what protects people is refused here, with a hint."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import structlog
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config.env import distinct_keys, env, required, secret
from config.identity import providers

BASE_DIR = Path(__file__).resolve().parent.parent

# --- what kind of place this is -----------------------------------------------------------------
DEMO: bool = env.bool("DEMO", default=False)
TESTING: bool = env.bool("CASUSTAFEL_TESTING", default=False)
DEBUG: bool = env.bool("DEBUG", default=False)
if DEBUG and not DEMO:
    raise ImproperlyConfigured("DEBUG shows data in error pages and is refused outside the demo. Unset DEBUG.")
MUNICIPALITY_NAME: str = env.str("MUNICIPALITY_NAME", default="Voorbeeldstad")
# Whom to call or mail when somebody is stuck, and where to report a hole in the security.
CONTACT_NAME: str = env.str("CONTACT_NAME", default="")
CONTACT_REACH: str = env.str("CONTACT_REACH", default="")
SECURITY_CONTACT: str = env.str("SECURITY_CONTACT", default="")
# Findings of `check --deploy` that this installation accepts, by id.
SILENCED_SYSTEM_CHECKS: list[str] = env.list("CHECKS_ACCEPTED", default=[])
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# --- secrets ------------------------------------------------------------------------------------
SECRET_KEY = required("SECRET_KEY", "Any long random text will do.")
# Who keeps the root key (privacy/encryption/providers): a file, Vault or OpenBao, or an HSM.
CASUSTAFEL_ROOT_PROVIDER: str = env.str("CASUSTAFEL_ROOT_PROVIDER", default="file")
if CASUSTAFEL_ROOT_PROVIDER not in ("file", "vault", "pkcs11"):
    raise ImproperlyConfigured(f"CASUSTAFEL_ROOT_PROVIDER is '{CASUSTAFEL_ROOT_PROVIDER}'; use file, vault or pkcs11.")
_roots = ["CASUSTAFEL_INDEX_KEY", "CASUSTAFEL_AUDIT_KEY"]
if CASUSTAFEL_ROOT_PROVIDER == "file":
    _roots.append("CASUSTAFEL_ROOT_KEY")
if CASUSTAFEL_ROOT_PROVIDER == "vault":
    VAULT_ADDR = required("VAULT_ADDR", "The address of Vault or OpenBao.")
    VAULT_TOKEN = secret("VAULT_TOKEN", "A token that may use the transit key and nothing else.")
    VAULT_TRANSIT_KEY: str = env.str("VAULT_TRANSIT_KEY", default="casustafel-root")
    VAULT_TRANSIT_MOUNT: str = env.str("VAULT_TRANSIT_MOUNT", default="transit")
    VAULT_CACERT: str = env.str("VAULT_CACERT", default="")
if CASUSTAFEL_ROOT_PROVIDER == "pkcs11":
    PKCS11_MODULE = required("PKCS11_MODULE", "The path of the module that came with the HSM.")
    PKCS11_TOKEN = required("PKCS11_TOKEN", "The label of the token.")
    PKCS11_PIN = secret("PKCS11_PIN", "The PIN of the token's user.")
    PKCS11_KEY: str = env.str("PKCS11_KEY", default="casustafel-root")
# The seed of the key that signs the log's seals is optional: without it that is a key below CASUSTAFEL_AUDIT_KEY.
if env.str("CASUSTAFEL_SEAL_KEY", default=""):
    _roots.append("CASUSTAFEL_SEAL_KEY")
_keys = distinct_keys(*_roots)
CASUSTAFEL_ROOT_KEY = _keys.get("CASUSTAFEL_ROOT_KEY", b"")
CASUSTAFEL_INDEX_KEY = _keys["CASUSTAFEL_INDEX_KEY"]
CASUSTAFEL_AUDIT_KEY = _keys["CASUSTAFEL_AUDIT_KEY"]
CASUSTAFEL_SEAL_KEY = _keys.get("CASUSTAFEL_SEAL_KEY")
AUDIT_ANCHOR_MAIL: list[str] = env.list("AUDIT_ANCHOR_MAIL", default=[])
# Destroyed dossiers are listed outside the database too, to destroy them again after a restore.
SHRED_LIST: str = env.str("SHRED_LIST", default="")
# How long back-ups of the wrapped keys are kept; old epochs are destroyed after it.
KEYS_BACKUP_DAYS: int = env.int("KEYS_BACKUP_DAYS", default=7)
# Only the commands that back up and restore use these.
DATABASE_BACKUP_URL: str = env.str("DATABASE_BACKUP_URL", default="")
DATABASE_RESTORE_URL: str = env.str("DATABASE_RESTORE_URL", default="")
PG_BIN: str = env.str("PG_BIN", default="")  # the folder of pg_dump and pg_restore, when they are not on the PATH
# A locked value that reaches a page renders as nothing in production; in tests it raises.
CASUSTAFEL_LOCKED_RAISES: bool = TESTING

# How often one person may ask whether somebody is known at another table.
KNOWN_PER_HOUR: int = env.int("KNOWN_PER_HOUR", default=20)
KNOWN_PER_DAY: int = env.int("KNOWN_PER_DAY", default=60)

# How long an offer of the regie waits for an answer before the regisseurs get an alarm.
REGIE_OFFER_DAYS: int = env.int("REGIE_OFFER_DAYS", default=7)

# --- database: four roles, one database (DESIGN section 2) ---------------------------------------
_DATABASE_HINT = "Run `make demo`, or see docs/installation.md for the four database roles."


def _database(name: str) -> dict[str, object]:
    required(name, _DATABASE_HINT)
    parsed: dict[str, object] = dict(env.db_url(name))
    parsed["ATOMIC_REQUESTS"] = False
    parsed["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    parsed["CONN_HEALTH_CHECKS"] = True
    return parsed


DATABASES = {
    "default": _database("DATABASE_URL"),
    "audit": _database("DATABASE_AUDIT_URL") | {"TEST": {"MIRROR": "default"}},
    "owner": _database("DATABASE_OWNER_URL") | {"TEST": {"MIRROR": "default"}},
    "maintenance": _database("DATABASE_MAINTENANCE_URL") | {"TEST": {"MIRROR": "default"}},
}
DATABASE_ROUTERS: list[str] = []
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    # Rate limits must hold over processes, so not the per-process default.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "privacy_cache",
        # Django's own 300 would let a flood of tries push out what counts them.
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    }
}

# --- applications -------------------------------------------------------------------------------
INSTALLED_APPS = [
    "config.apps.ConfigConfig",
    "escalation",
    "casework",
    "partners",
    "privacy",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "auditlog",
    "axes",
    "csp",
    "django_htmx",
    "guardian",
]
# Our AuditEntry takes the place of auditlog's table; its own migrations would make a second one.
# Guardian's generic tables stay: its code expects them, nothing writes them (tests hold that).
MIGRATION_MODULES = {"auditlog": None}
AUDITLOG_LOGENTRY_MODEL = "privacy.AuditEntry"
AUDITLOG_DISABLE_REMOTE_ADDR = True

MIDDLEWARE = [
    "config.running.probes.Probes",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "privacy.middleware.RequestTrace",
    "config.running.observing.Observed",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "partners.login.clock.SessionClock",
    "privacy.middleware.AuditRequired",
    "privacy.middleware.DeclaredAccess",
    "partners.login.confined.SecondFactorRequired",
    "axes.middleware.AxesMiddleware",  # last: a locked log-in is answered with the page that says so
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "config.frame.frame",
            ]
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- who logs in --------------------------------------------------------------------------------
AUTH_USER_MODEL = "partners.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first: it refuses, and lets nobody in
    "allauth.account.auth_backends.AuthenticationBackend",
    "guardian.backends.ObjectPermissionBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ANONYMOUS_USER_NAME = None  # guardian would make a user that can be granted things
GUARDIAN_RAISE_403 = True
ACCOUNT_ADAPTER = "partners.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60  # so long one's own confirmation counts for emergency access
# Nobody works without a second factor. The demo may be looked at with a password alone; tests decide for themselves.
SECOND_FACTOR: bool = env.bool("SECOND_FACTOR", default=not DEMO and not TESTING)
if not SECOND_FACTOR and not (DEMO or TESTING):
    raise ImproperlyConfigured(
        "SECOND_FACTOR is off, and outside the demo nobody works without a second factor. Unset SECOND_FACTOR: "
        "people choose one at their next log-in (docs/logging-in.md)."
    )
# Log-ins of people's own organisations: a TOML file of providers (docs/logging-in.md). Claims give nobody rights.
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {"APPS": providers(env.str("OIDC_PROVIDERS", default=""), insecure=DEMO or TESTING)}
}
SOCIALACCOUNT_ADAPTER = "partners.login.elsewhere.adapters.SocialAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # a link: our own form-action would stop a form that leads to a provider
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5
# Heavy acts ask to confirm again who one is (privacy/stepup.py); tests decide for themselves.
STEP_UP: bool = not TESTING
MFA_ADAPTER = "partners.login.keeping.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # the device checks who holds it: a passkey is two factors in one
MFA_TOTP_TOLERANCE = 1  # a clock may be half a minute off; each code still works once (partners/login/forms.py)
MFA_FORMS = {
    "activate_totp": "partners.login.forms.ActivateForm",
    "authenticate": "partners.login.forms.CodeForm",
    "reauthenticate": "partners.login.forms.ConfirmCodeForm",
    "add_webauthn": "partners.login.forms.AddPasskeyForm",
    "login_webauthn": "partners.login.forms.PasskeyLoginForm",
    "authenticate_webauthn": "partners.login.forms.PasskeyForm",
    "reauthenticate_webauthn": "partners.login.forms.ConfirmPasskeyForm",
}
# --- how often somebody may try; counted in the cache that all processes share, and locked by axes in the database ---
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",  # a town hall is one address
    "login_failed": "60/m/ip,10/5m/key",
    "reauthenticate": "20/m/user",
}
MFA_RATE_LIMITS = {"webauthn_login": "300/m/ip"}
AXES_FAILURE_LIMIT = 5
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # a person at an address: neither a town hall nor a name alone
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # who keeps trying keeps nobody out for longer
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_CALLABLE = "partners.login.locking.digest_of"  # what was typed is kept as a keyed digest alone
AXES_CLIENT_IP_CALLABLE = "partners.login.locking.address_of"
AXES_LOCKOUT_CALLABLE = "partners.login.locking.locked"
AXES_DISABLE_ACCESS_LOG = True  # log-ins are in our own log
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60  # the link in an invitation, and after a forgotten password

# --- browser side -------------------------------------------------------------------------------
SECURE: bool = env.bool("SECURE", default=not DEMO and not TESTING)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# So long a session may lie unused, and so long it lasts in all. Longer than this is refused.
SESSION_IDLE_SECONDS: int = 60 * env.int("SESSION_IDLE_MINUTES", default=30)
SESSION_MOST_SECONDS: int = 60 * 60 * env.int("SESSION_MOST_HOURS", default=8)
if not (5 <= SESSION_IDLE_SECONDS / 60 <= 60 and 1 <= SESSION_MOST_SECONDS / 3600 <= 12):
    raise ImproperlyConfigured("SESSION_IDLE_MINUTES must be from 5 to 60, and SESSION_MOST_HOURS from 1 to 12.")
SESSION_COOKIE_AGE = SESSION_MOST_SECONDS
if TESTING:  # tests travel in time; those of sessions decide for themselves
    SESSION_IDLE_SECONDS = SESSION_MOST_SECONDS = 10 * 365 * 24 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# In the session, which ends with logging out: a cookie of its own would greet the next person with somebody's number.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^_healthz/", r"^_metrics/$"]  # machines beside this one ask without TLS
SECURE_HSTS_SECONDS = 63_072_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if env.bool("BEHIND_TLS_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "script-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["privacy.uploads.InMemory"]  # never plain text on disk

# The virus scanner (host:port of clamd). Without one nothing is taken in; "off" is a choice that pages show.
CLAMD_ADDRESS: str = env.str("CLAMD_ADDRESS", default="off" if DEMO or TESTING else "")
if not CLAMD_ADDRESS:
    raise ImproperlyConfigured("CLAMD_ADDRESS is not set. Give the host:port of clamd, or off (docs/installation.md).")

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / ".static"
# The municipality's own css/municipality.css and img/logo.svg, which go before ours (docs/themes.md).
HOUSE_STYLE: str = env.str("HOUSE_STYLE", default="")
STATICFILES_DIRS = [*([HOUSE_STYLE] if HOUSE_STYLE else []), BASE_DIR / "config" / "static"]
WHITENOISE_USE_FINDERS = DEMO or TESTING
# Each test client is a server of its own: it looks for a file when one is asked, not for all of them when it starts.
WHITENOISE_AUTOREFRESH = TESTING

# --- language and time --------------------------------------------------------------------------
LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True

# --- mail and background ------------------------------------------------------------------------
_mail = env.email_url("EMAIL_URL", default="consolemail://")
EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
EMAIL_HOST = _mail["EMAIL_HOST"]
EMAIL_PORT = _mail["EMAIL_PORT"]
EMAIL_HOST_USER = _mail["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS: bool = _mail.get("EMAIL_USE_TLS", False)  # smtp+tls://
EMAIL_USE_SSL: bool = _mail.get("EMAIL_USE_SSL", False)  # smtp+ssl://
EMAIL_FILE_PATH = _mail["EMAIL_FILE_PATH"] or str(BASE_DIR / ".demo" / "mail")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="casustafel@voorbeeldstad.example")
SITE_URL: str = env.str("SITE_URL", default=f"http://127.0.0.1:{env.int('PORT', default=8000)}")
CELERY_BROKER_URL: str = env.str("BROKER_URL", default="memory://")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_REDIRECT_STDOUTS = False  # our lines (every seal among them) go out whatever Celery's own level is
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = {
    "sweep-jobs": {"task": "privacy.sweep_jobs", "schedule": 30.0},
    "seal-audit": {"task": "privacy.seal_audit", "schedule": 30.0},
    "stagnation-morning": {"task": "casework.stagnation_morning", "schedule": crontab(hour=7, minute=0)},
    "rights-morning": {"task": "casework.rights_morning", "schedule": crontab(hour=7, minute=10)},
    "meetings-night": {"task": "casework.meetings_night", "schedule": crontab(hour=4, minute=20)},
    "watch-regie": {"task": "casework.watch_regie", "schedule": 600.0},
    "find-unwatched-terms": {"task": "escalation.find_unwatched", "schedule": 600.0},
    "review-night": {"task": "privacy.review_night", "schedule": crontab(hour=3, minute=40)},
    "audit-night": {"task": "privacy.audit_night", "schedule": crontab(hour=3, minute=10)},
}

# --- numbers for Prometheus: none without a token --------------------------------------------------
METRICS_TOKEN: str = secret("METRICS_TOKEN", "") if env.str("METRICS_TOKEN", default="") else ""

# --- logs: structured, without personal data ------------------------------------------------------
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.JSONRenderer(),
    ]
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"facts": {"()": "config.running.logs.Facts"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "facts"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # SQL in debug logs would hold parameters. Django's own handlers go: one of them mails whole requests.
    "loggers": {
        "django": {"handlers": [], "level": "WARNING"},
        "django.db.backends": {"level": "WARNING"},
        "django.request": {"level": "ERROR"},
        # Its lines name addresses; failures and locks are in our own log.
        "axes": {"level": "ERROR"},
    },
}
