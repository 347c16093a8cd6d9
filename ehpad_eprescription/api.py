"""The REST API under /api/v1/: one router, its schema and its page."""

from csp.decorators import csp_update
from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import SimpleRouter

from prescriptions.api.viewsets import PrescriptionViewSet
from residents.api import ResidentViewSet

router = SimpleRouter()
router.register("residents", ResidentViewSet, basename="api-resident")
router.register("prescriptions", PrescriptionViewSet, basename="api-prescription")

# Swagger UI writes its own style elements: this page alone lets it. No script but ours.
page = csp_update({"style-src": ["'unsafe-inline'"]})(
    SpectacularSwaggerSplitView.as_view(url_name="api-schema", url_self="?script")
)

api_urls: list[URLPattern | URLResolver] = [
    path("", include(router.urls)),
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("docs/", page, name="api-docs"),
]
