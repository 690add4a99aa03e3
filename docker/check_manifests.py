#!/usr/bin/env python3
"""check_manifests.py FILE...: checks Kubernetes manifests against the schemas; of an AscendJob, which has no schema, the pods that it creates."""
import sys

import kubernetes_validate
import yaml

VERSION = "1.33"


def resources(document):
    if document["kind"] != "AscendJob":
        return [document]
    return [{"apiVersion": "v1", "kind": "Pod", **replica["template"]} for replica in document["spec"]["replicaSpecs"].values()]


def main(files):
    for file in files:
        with open(file) as text:
            for document in yaml.safe_load_all(text):
                for resource in resources(document):
                    try:
                        kubernetes_validate.validate(resource, VERSION, strict=True)
                    except kubernetes_validate.ValidationError as error:
                        sys.exit(f"{file}: {'.'.join(map(str, error.path))}: {error.message}")
                print(f"{file}: {document['kind']} is valid")


if __name__ == "__main__":
    main(sys.argv[1:])
