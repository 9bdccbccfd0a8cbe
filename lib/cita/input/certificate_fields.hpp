// Certificate sets, grounds and restraints in an incident file.
#pragma once

#include <cita/input/draft.hpp>
#include <cita/yaml/fields.hpp>

namespace cita::input {

/// Reads a set of certificates: a list of ids, or a mapping with `listed`, `count`, `kind`, `list`, `restraints`.
void read_certificates(yaml::Node node, CertificateSet& set, Draft& draft);

/// Reads `alleges`: reasons that somebody, mostly the reporter, asserts.
void read_allegations(yaml::Node node, Actor by, CertificateSet& set, Draft& draft);

/// Reads `grounds`: reasons with who asserts them and whether they are contested.
void read_grounds(yaml::Node node, CertificateSet& set, Draft& draft);

/// Reads `restraints`: court orders and the like.
void read_restraints(yaml::Node node, CertificateSet& set, Draft& draft);

/// Drops allegations of what the same one asserts already.
void drop_repeated_grounds(CertificateSet& set);

/// Reads the fields that cases and cohorts share: `certificates`, `alleges`, `grounds`, `restraints`.
void read_certificate_fields(yaml::Fields& fields, CertificateSet& set, Draft& draft);

}  // namespace cita::input
