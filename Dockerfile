# Steward's processes in one image: `steward migrate`, `steward run core`, `steward run app`. See docker-compose.yml.

FROM node:22-bookworm-slim AS front-end
WORKDIR /build
COPY web/ui/package.json web/ui/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY web/ui ./
RUN npm run build

FROM python:3.11-slim-bookworm AS packages
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 UV_LINK_MODE=copy
WORKDIR /srv/steward
COPY pyproject.toml constraints.txt ./
RUN python -m venv .venv && .venv/bin/pip install --no-cache-dir -c constraints.txt uv setuptools
RUN .venv/bin/uv pip install --no-cache --python .venv/bin/python -c constraints.txt "torch==2.13.0+cpu" \
        --index https://download.pytorch.org/whl/cpu --index-strategy unsafe-best-match
COPY . .
RUN .venv/bin/uv pip install --no-cache --python .venv/bin/python -c constraints.txt -e ".[training]" --no-build-isolation-package steward
RUN .venv/bin/python -m assistant.training.export /srv/steward/models

FROM python:3.11-slim-bookworm
RUN apt-get update && apt-get install -y --no-install-recommends libgomp1 tini && rm -rf /var/lib/apt/lists/* \
    && useradd --system --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin steward \
    && install -d -o steward -g steward -m 0750 /var/lib/steward
COPY --from=packages /srv/steward /srv/steward
COPY --from=front-end /build/dist /srv/steward/web/ui/dist
ENV PATH=/srv/steward/.venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 STEWARD_HOME=/var/lib/steward \
    OMP_NUM_THREADS=1 HF_HUB_OFFLINE=1 TRANSFORMERS_OFFLINE=1 ANONYMIZED_TELEMETRY=False
RUN ln -s /srv/steward/models /var/lib/steward/models
WORKDIR /srv/steward
USER steward
ENTRYPOINT ["tini", "--", "steward"]
CMD ["--help"]
