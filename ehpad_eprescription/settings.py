"""One settings file, read from the environment and checked at start.

Every variable below is documented in the README's table; a test keeps the two in step.
"""

from datetime import timedelta
from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import Env

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()

# --- Where state lives --------------------------------------------------------------------------
STATE_DIR = Path(env.str("EHPAD_STATE_DIR", str(BASE_DIR / ".state")))

# --- Security -----------------------------------------------------------------------------------
DEBUG = env.bool("DEBUG", False)
DEMO = env.bool("EHPAD_DEMO", False)
SECRET_KEY = env.str("SECRET_KEY", "")
if not SECRET_KEY:
    if not (DEMO or DEBUG):
        raise ImproperlyConfigured(
            "SECRET_KEY manque : donnez une clé longue et aléatoire (voir README, Réglages)."
        )
    SECRET_KEY = "demo-only-key-never-used-on-a-server"  # noqa: S105  EHPAD_DEMO=1 and loopback only
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])
_LOOPBACK = {"localhost", "127.0.0.1", "[::1]", "testserver"}
if (DEMO or DEBUG) and not set(ALLOWED_HOSTS) <= _LOOPBACK:
    raise ImproperlyConfigured(
        "DEBUG et EHPAD_DEMO ne servent que sur cette machine : retirez-les, ou ALLOWED_HOSTS."
    )
if not (DEMO or DEBUG) and len(SECRET_KEY) < 32:
    raise ImproperlyConfigured("SECRET_KEY est trop courte : donnez au moins 32 caractères aléatoires.")
HTTPS_ONLY = env.bool("HTTPS_ONLY", not (DEMO or DEBUG))
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", False) else None
SECURE_SSL_REDIRECT = HTTPS_ONLY
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS_ONLY
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS_ONLY else 0
SESSION_COOKIE_AGE = int(
    timedelta(minutes=env.int("SESSION_IDLE_MINUTES", 15)).total_seconds()
)  # A01: idle lock ≤ 15 min
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}

# --- Applications -------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "bootstrap",
    "lucide",
    "csp",
    "pgtrigger",
    "rest_framework",
    "drf_spectacular",
    "traces",
    "residents",
    "prescriptions.referentials",
    "prescriptions",
    "ehpad_eprescription",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "ehpad_eprescription.privacy.IdleMiddleware",
    "ehpad_eprescription.privacy.NoStoreMiddleware",
    "residents.views.account.OwnPasswordFirst",
    "residents.access.WorkplaceMiddleware",
    "traces.workstation.WorkstationMiddleware",
]
ROOT_URLCONF = "ehpad_eprescription.urls"
WSGI_APPLICATION = "ehpad_eprescription.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ehpad_eprescription.context.shell",
            ],
        },
    }
]

# --- PostgreSQL ---------------------------------------------------------------------------------
DATABASES = {
    "default": {
        **env.dj_db_url("DATABASE_URL", "postgresql://ehpad@127.0.0.1:5432/ehpad"),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Celery: a doorbell over Redis or Valkey ----------------------------------------------------
REDIS_URL = env.str("REDIS_URL", "redis://127.0.0.1:6379/0")
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 4
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 300,
    # A dead broker must not hold a prescriber's signature: the row is already written.
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_DB_REUSE_MAX = (
    1000  # Celery closes the connection after every task otherwise; health checks cover breakage
)
CELERY_TIMEZONE = "Europe/Paris"
# --- Checks of a treatment ------------------------------------------------------------------------
# The clinical engine is not a certified medical device (rule Z2): off unless somebody decides otherwise; on in demonstration.
CLINICAL_ENGINE = env.bool("CLINICAL_ENGINE", DEMO)
CRUSHING_LIST = env.str("CRUSHING_LIST", "")

SWEEP_SECONDS = env.float("SWEEP_SECONDS", 60)
DOCUMENTS_SECONDS = env.float("DOCUMENTS_SECONDS", 20)
TRACES_BATCH_SECONDS = env.float("TRACES_BATCH_SECONDS", 300)
CELERY_BEAT_SCHEDULE = {
    "sweep-submissions": {"task": "prescriptions.tasks.sweep", "schedule": SWEEP_SECONDS},
    "publish-documents": {"task": "prescriptions.tasks.publish_documents", "schedule": DOCUMENTS_SECONDS},
    "transmit-traces": {"task": "traces.tasks.transmit_traces", "schedule": TRACES_BATCH_SECONDS},
}

# --- The Assurance Maladie service --------------------------------------------------------------
# No default host on purpose: an unconfigured product sends nothing (teleservice.md §6).
AMO_ENDPOINT = env.str("AMO_ENDPOINT", "")
AMO_TRACES_ENDPOINT = env.str("AMO_TRACES_ENDPOINT", "")
AMO_CA_FILE = env.str("AMO_CA_FILE", str(STATE_DIR / "pki" / "ca.pem"))
AMO_CREDENTIALS_DIR = Path(env.str("AMO_CREDENTIALS_DIR", str(STATE_DIR / "pki")))
AMO_ENVIRONMENT = env.str("AMO_ENVIRONMENT", "simulateur")  # simulateur | qualif | prod
AMO_ALLOWED_HOSTS: list[str] = env.list(
    "AMO_ALLOWED_HOSTS", []
)  # hosts accepted besides those of the simulator
AMO_TIMEOUT_SECONDS = env.float("AMO_TIMEOUT_SECONDS", 20)
AMO_LEASE_SECONDS = env.float(
    "AMO_LEASE_SECONDS", 3 * AMO_TIMEOUT_SECONDS + 30
)  # longer than a call can last
AMO_RETRY_SCALE = env.float(
    "AMO_RETRY_SCALE", 1.0
)  # multiplies every retry delay; tests run the real table faster
AMO_MAX_ATTEMPTS = env.int("AMO_MAX_ATTEMPTS", 12)
AMO_INSTALLATION_ID = env.int("AMO_INSTALLATION_ID", 1)
LPS_NAME = "ehpad-eprescription"
LPS_VERSION = "0.1.0"
LPS_IDAM = env.str("LPS_IDAM", "SIM0000000001")
SIMULATOR_PAGE_URL = env.str("SIMULATOR_PAGE_URL", "")
WORKSTATION_COOKIE_DAYS = 400

# --- Accounts -----------------------------------------------------------------------------------
AUTH_USER_MODEL = "residents.StaffMember"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]

# --- French, Paris, static files ----------------------------------------------------------------
LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- REST API -----------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
}
SPECTACULAR_SETTINGS = {
    "TITLE": "EHPAD e-prescription",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
}

# --- Logs: one line each, no health data --------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "ehpad_eprescription.privacy.PrivateFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
}
