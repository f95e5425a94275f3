"""The interface for programs: `/api/v1/`, described by itself as OpenAPI 3.1."""
