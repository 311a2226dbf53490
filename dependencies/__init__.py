"""What Kiroku is installed with: which packages, at which hash, under which licence. Not shipped.

``python -m dependencies.lock`` writes ``requirements.lock``, from which the image is built, and
``sbom.cdx.json``, the same as a bill of materials. ``closure`` finds the packages, ``licences``
says which licences are allowed, ``sbom`` writes CycloneDX.
"""
