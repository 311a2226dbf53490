"""The bill of materials, as CycloneDX has it (https://cyclonedx.org/docs/1.6/json/).

It holds no time and no number of its own, so that the same packages give the same file.
"""

import json
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from packaging.utils import NormalizedName

from dependencies.closure import Package

_SPEC = "1.6"


def bill(kiroku: Package, packages: Sequence[Package], digests: Mapping[str, str]) -> str:
    """Return the bill of ``kiroku`` and the packages that it runs with, as JSON.

    ``digests`` are the SHA-256 of the files that are installed, by the names of the packages.
    """
    named = {package.name: package for package in packages}
    told = {
        "$schema": f"http://cyclonedx.org/schema/bom-{_SPEC}.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": _SPEC,
        "version": 1,
        "metadata": {"component": _component(kiroku, "application")},
        "components": [
            _component(package, "library")
            | {"hashes": [{"alg": "SHA-256", "content": digests[package.name]}]}
            for package in packages
        ],
        "dependencies": [
            {"ref": purl(package), "dependsOn": _needs(package, named)}
            for package in (kiroku, *packages)
        ],
    }
    return json.dumps(told, indent=1) + "\n"


def purl(package: Package) -> str:
    """Return the address of a package (https://github.com/package-url/purl-spec)."""
    return f"pkg:pypi/{package.name}@{quote(package.version)}"


def _needs(package: Package, named: Mapping[NormalizedName, Package]) -> list[str]:
    return [purl(named[name]) for name in package.needs]


def _component(package: Package, kind: str) -> dict[str, object]:
    return {
        "type": kind,
        "bom-ref": purl(package),
        "name": package.name,
        "version": package.version,
        "purl": purl(package),
        "licenses": [_licence(package.licence)],
    }


def _licence(told: str) -> dict[str, object]:
    """Return a licence as an expression where it is one, else by the words of the package."""
    try:
        return {"expression": canonicalize_license_expression(told)}
    except InvalidLicenseExpression:
        return {"license": {"name": told}}
