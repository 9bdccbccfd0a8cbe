"""Validates incident files against schemas/incident.schema.json with a validator that knows nothing of cita.

    validate.py SCHEMA FILE...      prints for each file: accepted | refused | empty-value | not-yaml, a tab, the file

Editors read YAML 1.2, where `no`, `1e3` and 2026-05-04 are texts: of plain scalars only true, false, null and whole
numbers are anything else. `empty-value` marks a refused file in which a key or an entry has no value.
"""

import json
import re
import sys

import jsonschema
import yaml


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    yaml_implicit_resolvers = {}


Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false)$"), list("tf"))
Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("^(~|null|)$"), ["~", "n", ""])
Loader.add_implicit_resolver("cita:digits", re.compile("^[0-9]+$"), list("0123456789"))
Loader.add_constructor("cita:digits", lambda loader, node: int(node.value))


def with_text_keys(value):
    if isinstance(value, dict):
        return {str(key): with_text_keys(each) for key, each in value.items()}
    if isinstance(value, list):
        return [with_text_keys(each) for each in value]
    return value


def has_empty_value(value):
    if isinstance(value, dict):
        return any(has_empty_value(each) for each in value.values())
    if isinstance(value, list):
        return any(has_empty_value(each) for each in value)
    return value is None


def verdict(validator, text):
    try:
        value = with_text_keys(yaml.load(text, Loader))
    except yaml.YAMLError:
        return "not-yaml"
    if validator.is_valid(value):
        return "accepted"
    return "empty-value" if has_empty_value(value) else "refused"


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    for name in sys.argv[2:]:
        with open(name, encoding="utf-8") as file:
            print(verdict(validator, file.read()), name, sep="\t")


main()
