"""Settings of BudgetCollab, from the environment alone. `.env.example` lists them all."""

import os
import sys
from pathlib import Path

import environ
from csp.constants import NONE, SELF

from budgetcollab import environment, logs

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# --- Mode: production unless the environment says otherwise -------------------------------

MODE = environment.mode_of(os.environ)
PRODUCTION = MODE == "production"
if PRODUCTION:
    for sentence in environment.require(os.environ):
        print(f"Warning: {sentence}", file=sys.stderr)

DEBUG = False  # never: error pages must not show settings, and templates stay compiled
DEMO = env.bool("DEMO", default=MODE == "demo")
VAR_DIR = Path(env("VAR_DIR", default=str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

SECRET_KEY = env("SECRET_KEY", default="") or environment.local_key(VAR_DIR)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]", "testserver"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
PUBLIC_URL = env("PUBLIC_URL", default=f"http://127.0.0.1:{env('PORT', default='8000')}").rstrip("/")

# --- Apps, floor by floor ---------------------------------------------------------------------

INSTALLED_APPS = [
    "desk",
    "investments",
    "slates",
    "reviews",
    "proposals",
    "goals",
    "funds",
    "people",
    "activity",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "lucide",
    "template_partials.apps.SimpleAppConfig",
    "csp",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",  # closed by default
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "people.zone.DistrictZoneMiddleware",
    "goals.shown.NoSeasonMiddleware",
]

ROOT_URLCONF = "budgetcollab.urls"
WSGI_APPLICATION = "budgetcollab.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Pages ------------------------------------------------------------------------------------

# The cached loader is on in every mode: no template is compiled in a warm request.
LOADERS = ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [("django.template.loaders.cached.Loader", LOADERS)],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "desk.shell.shell",
            ],
            "builtins": [
                "activity.templatetags.activity_tags",
                "activity.templatetags.parts_tags",
                "people.templatetags.people_tags",
                "funds.templatetags.funds_tags",
                "goals.templatetags.goals_tags",
                "proposals.templatetags.proposals_tags",
                "reviews.templatetags.reviews_tags",
                "slates.templatetags.slates_tags",
                "investments.templatetags.investments_tags",
                "desk.templatetags.desk_tags",
                "crispy_forms.templatetags.crispy_forms_tags",
                "django_htmx.templatetags.django_htmx",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

LANGUAGE_CODE = "en-us"
USE_I18N = False
USE_TZ = True
TIME_ZONE = env("TIME_ZONE", default="America/Chicago")

STATIC_URL = "/static/"
STATIC_ROOT = Path(
    env("STATIC_ROOT", default=str(BASE_DIR / "staticfiles" if PRODUCTION else VAR_DIR / "static"))
)
if not PRODUCTION:
    STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = Path(env("MEDIA_ROOT", default=str(VAR_DIR / "uploads")))  # never served directly
HASHED = "whitenoise.storage.CompressedManifestStaticFilesStorage"
PLAIN = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    # What people upload is read by the app alone; static files by whoever runs it.
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"file_permissions_mode": 0o640},
    },
    "staticfiles": {"BACKEND": HASHED if PRODUCTION else PLAIN},
}
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_MAX_AGE = 3600 if PRODUCTION else 0

# --- Database, cache, tasks -------------------------------------------------------------------

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'budgetcollab.db'}")}
_database = DATABASES["default"]
_database["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
_database["CONN_HEALTH_CHECKS"] = True
if _database["ENGINE"].endswith("sqlite3"):
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",  # a writer waits its turn instead of failing midway
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    _database.setdefault("OPTIONS", {}).update({"connect_timeout": 5, "application_name": "budgetcollab"})
    # Compiling a query takes longer than any page's query itself.
    _database["OPTIONS"].setdefault("options", "-c jit=off")

REDIS_URL = env("REDIS_URL", default="")
# A frozen Redis must cost a second or two, not the forty that redis-py waits by itself.
SOCKET = {"socket_timeout": 5, "socket_connect_timeout": 2, "retry_on_timeout": False}
if REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": "budgetcollab",
            "OPTIONS": SOCKET,
        }
    }
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# What a process keeps for itself for a minute: a lost Redis does not take such a page with it.
CACHES["process"] = {
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "LOCATION": "process",
    "OPTIONS": {"MAX_ENTRIES": 20},
}

CELERY_BROKER_URL = REDIS_URL or "memory://localhost/"
CELERY_BROKER_TRANSPORT_OPTIONS = SOCKET | {"visibility_timeout": 600} if REDIS_URL else {}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_max": 0.2}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TASK_TIME_LIMIT = 300
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"  # keeps no file: every entry is an interval
CELERY_BEAT_SCHEDULE = {
    "sweep reminders": {"task": "desk.tasks.sweep_reminders", "schedule": 300, "options": {"expires": 240}},
    "send mail due": {"task": "desk.tasks.send_mail_due", "schedule": 60, "options": {"expires": 50}},
    "compact texts": {"task": "desk.tasks.compact_texts", "schedule": 600, "options": {"expires": 500}},
    "seal history": {"task": "activity.tasks.seal", "schedule": 60, "options": {"expires": 50}},
    "beat": {"task": "activity.tasks.beat", "schedule": 60, "options": {"expires": 50}},
}

# --- People and sessions ----------------------------------------------------------------------

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
_password_rules = ("UserAttributeSimilarity", "MinimumLength", "CommonPassword", "NumericPassword")
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{rule}Validator"} for rule in _password_rules
]
LOGIN_URL = "demo_people" if DEMO else "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "budgetcollab.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PUBLIC_URL.startswith("https") else "http"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "BudgetCollab"

# --- Safety -----------------------------------------------------------------------------------

HTTPS = env.bool("HTTPS", default=PRODUCTION)
if env.bool("TRUST_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31_536_000 if HTTPS else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
_prefix = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{_prefix}session"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 7 * 24 * 3600
CSRF_COOKIE_NAME = f"{_prefix}csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True  # pages hand the token to htmx themselves
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
_unused_powers = ("camera", "microphone", "geolocation", "payment", "usb", "midi", "display-capture")
PERMISSIONS_POLICY: dict[str, list[str]] = {power: [] for power in _unused_powers}

MEGABYTE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * MEGABYTE  # form fields; files stream to disk
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * MEGABYTE
UPLOAD_LIMIT = env.int("UPLOAD_LIMIT", default=20 * MEGABYTE)  # one workbook

# --- Mail -------------------------------------------------------------------------------------

globals().update(env.email_url("EMAIL_URL", default=f"filemail:///{VAR_DIR / 'mails'}"))
EMAIL_TIMEOUT = 10
MAIL_PAUSED = env.bool("MAIL_PAUSED", default=False)
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="BudgetCollab <budgetcollab@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- Logs: one JSON object a line in production, plain lines otherwise --------------------------

LOGGING = logs.logging_of(
    as_json=PRODUCTION, level=env("LOG_LEVEL", default="INFO" if PRODUCTION else "WARNING")
)
