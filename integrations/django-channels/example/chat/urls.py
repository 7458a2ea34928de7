"""What is served over HTTP: the metrics."""
from django.urls import path
from sockscope_channels.views import metrics

urlpatterns = [path("metrics", metrics)]
