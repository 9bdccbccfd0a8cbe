#include <cita/input/certificate_fields.hpp>
#include <cita/input/time_field.hpp>
#include <cita/input/words.hpp>

#include <algorithm>
#include <filesystem>
#include <set>

namespace cita::input {

namespace {

using yaml::Fields;
using yaml::Node;

// Packs define the reasons; here only the shape of the word is known.
bool is_kebab_case(std::string_view word) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  if (word.empty() || !letter(word.front()) || !letter(word.back())) return false;
  for (std::size_t i = 0; i < word.size(); ++i)
    if (!letter(word[i]) && (word[i] != '-' || word[i - 1] == '-')) return false;
  return true;
}

std::string read_reason(Node node, Draft& draft) {
  const auto text = yaml::scalar_text(node, "a reason", draft.diagnostics);
  if (!text) return {};
  if (is_kebab_case(*text)) return std::string(*text);
  draft.diagnostics.error("not-a-reason", node.span(), "'" + std::string(*text) + "' is not the name of a reason",
                          "write lower-case words with hyphens, as the packs do: key-compromise");
  return {};
}

std::string read_certificate_id(Node node, Draft& draft) {
  const auto text = yaml::scalar_text(node, "a certificate", draft.diagnostics);
  if (!text) return {};
  if (text->empty())
    draft.diagnostics.error("empty-id", node.span(), "this names no certificate",
                            "write 'crt.sh:2455920199', a SHA-256 or a serial number");
  return std::string(*text);
}

Certificate read_certificate(Node node, Draft& draft) {
  Certificate certificate;
  if (!node.is_mapping()) {
    certificate.id = read_certificate_id(node, draft);
    return certificate;
  }
  Fields fields(node, "a certificate", draft.diagnostics);
  if (const Node id = fields.required("id", "write 'crt.sh:2455920199', a SHA-256 or a serial number"))
    certificate.id = read_certificate_id(id, draft);
  if (const Node not_before = fields.node("not-before")) certificate.not_before = read_utc_stamp(not_before, draft);
  if (const Node not_after = fields.node("not-after")) certificate.not_after = read_utc_stamp(not_after, draft);
  fields.done();
  return certificate;
}

void read_listed(Node node, CertificateSet& set, Draft& draft) {
  each_or_single(node, [&](Node item) { set.listed.push_back(read_certificate(item, draft)); });
}

Ground read_ground(Node node, Draft& draft) {
  Ground ground;
  ground.span = node.span();
  if (!node.is_mapping()) {
    ground.reason = read_reason(node, draft);
    return ground;
  }
  Fields fields(node, "a ground", draft.diagnostics);
  if (const Node reason = fields.required("reason", "write 'reason: key-compromise'")) ground.reason = read_reason(reason, draft);
  if (const Node by = fields.node("by")) ground.by = read_word<Actor>(by, "'by'", draft.diagnostics).value_or(Actor::ca);
  if (const Node contested = fields.node("contested")) {
    const auto text = yaml::scalar_text(contested, "'contested'", draft.diagnostics).value_or("false");
    ground.contested = text != "false";
    if (ground.contested && text != "true") ground.contested_because = text;
  }
  fields.done();
  return ground;
}

Restraint read_restraint(Node node, Draft& draft) {
  Restraint restraint;
  Fields fields(node, "a restraint", draft.diagnostics);
  restraint.text = fields.required_text("text", "say what restrains the CA: 'text: Court order 3:24-cv-1'");
  restraint.certificates = fields.text("certificates");
  if (const Node from = fields.node("from")) restraint.from = read_time(from, 0, draft).value_or(TimeRef());
  if (const Node until = fields.node("until")) restraint.until = read_time(until, 0, draft);
  fields.done();
  return restraint;
}

}  // namespace

void read_certificates(Node node, CertificateSet& set, Draft& draft) {
  if (!node) return;
  if (!node.is_mapping()) {
    read_listed(node, set, draft);
    return;
  }
  Fields fields(node, "a set of certificates", draft.diagnostics);
  read_listed(fields.node("listed"), set, draft);
  set.count = fields.count("count");
  if (const Node count = fields.node("count")) set.count_span = count.span();
  if (const Node kind = fields.node("kind")) set.kind = read_word<CertificateKind>(kind, "'kind'", draft.diagnostics);
  // "./affected.csv" is affected.csv.
  set.list_file = std::filesystem::path(fields.text("list")).lexically_normal().generic_string();
  if (const Node list = fields.node("list")) set.list_span = list.span();
  read_restraints(fields.node("restraints"), set, draft);
  fields.done();
  if (set.count && *set.count < static_cast<std::int64_t>(set.listed.size()))
    draft.diagnostics.error("count-too-small", fields.node("count").span(),
                            "'count' is less than the " + std::to_string(set.listed.size()) + " certificates listed",
                            "count those listed too, or leave 'count' out");
}

void read_allegations(Node node, Actor by, CertificateSet& set, Draft& draft) {
  each_or_single(node, [&](Node item) {
    std::string reason = read_reason(item, draft);
    if (reason.empty()) return;
    Ground ground;
    ground.reason = std::move(reason);
    ground.by = by;
    ground.span = item.span();
    set.grounds.push_back(std::move(ground));
  });
}

void drop_repeated_grounds(CertificateSet& set) {
  if (set.grounds.size() < 2) return;
  std::set<std::pair<Actor, std::string>> seen;
  std::erase_if(set.grounds, [&seen](const Ground& ground) { return !seen.emplace(ground.by, ground.reason).second; });
}

void read_grounds(Node node, CertificateSet& set, Draft& draft) {
  each_or_single(node, [&](Node item) { set.grounds.push_back(read_ground(item, draft)); });
}

void read_restraints(Node node, CertificateSet& set, Draft& draft) {
  each_item(node, draft.diagnostics, [&](Node item) { set.restraints.push_back(read_restraint(item, draft)); });
}

void read_certificate_fields(Fields& fields, CertificateSet& set, Draft& draft) {
  read_certificates(fields.node("certificates"), set, draft);
  // What is told in full comes first: it may be contested, and a bare allegation of the same adds nothing.
  read_grounds(fields.node("grounds"), set, draft);
  read_allegations(fields.node("alleges"), Actor::reporter, set, draft);
  read_restraints(fields.node("restraints"), set, draft);
}

}  // namespace cita::input
