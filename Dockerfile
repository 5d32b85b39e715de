# The bot, in two steps: what builds it stays behind. No secret is inside: settings come from the
# environment, secrets best as files (BROBYGGER_BOT_TOKEN_FILE and its like; docs/operations.md).
FROM python:3.11-slim AS build
WORKDIR /src
COPY constraints.txt pyproject.toml README.md LICENSE ./
COPY bot ./bot
COPY flows ./flows
COPY handlers ./handlers
COPY locales ./locales
RUN python -m venv /app && /app/bin/pip install --quiet --no-cache-dir -c constraints.txt .

FROM python:3.11-slim
RUN useradd --system --uid 10001 --no-create-home brobygger && install -d -o brobygger /town/var
COPY --from=build /app /app
# All of a container's addresses: it has a network of its own, and what is published decides.
ENV PATH=/app/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    BROBYGGER_HTTP_HOST=0.0.0.0 BROBYGGER_HTTP_PORT=8080
# SQLite's database and its copies, where there is no PostgreSQL.
WORKDIR /town
VOLUME /town/var
USER brobygger
EXPOSE 8080
# SIGTERM lets it finish what is in hand, within ten seconds.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f\"http://127.0.0.1:{os.environ['BROBYGGER_HTTP_PORT']}/healthz\", timeout=4)"]
ENTRYPOINT ["brobygger"]
CMD ["run"]
