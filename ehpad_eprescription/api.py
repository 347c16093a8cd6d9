"""The REST API under /api/v1/: one router, its schema and its page."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.http import require_GET
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import SimpleRouter

from prescriptions.api.viewsets import PrescriptionViewSet
from residents.api import ResidentViewSet

router = SimpleRouter()
router.register("residents", ResidentViewSet, basename="api-resident")
router.register("prescriptions", PrescriptionViewSet, basename="api-prescription")


@require_GET
def docs(request: HttpRequest) -> HttpResponse:
    """The API in words, one row an operation, made from the same schema as the machine's."""
    paths = cast("Any", SchemaGenerator)().get_schema(request=None, public=True)["paths"]
    operations = [
        {"verb": verb.upper(), "path": path, "words": about.get("description", "")}
        for path, verbs in paths.items()
        for verb, about in verbs.items()
    ]
    return render(request, "api.html", {"operations": operations})


api_urls: list[URLPattern | URLResolver] = [
    path("", include(router.urls)),
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("docs/", docs, name="api-docs"),
]
