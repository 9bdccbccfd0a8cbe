#include <cita/base/suggest.hpp>
#include <cita/yaml/fields.hpp>

#include <algorithm>

namespace cita::yaml {

namespace {

std::string_view kind_name(Node node) {
  switch (node.kind()) {
    case NodeKind::scalar: return node.is_null() ? "nothing" : "a single value";
    case NodeKind::sequence: return "a list";
    case NodeKind::mapping: return "a mapping (key: value)";
  }
  return "something else";
}

}  // namespace

std::optional<std::string_view> scalar_text(Node node, std::string_view what, Diagnostics& diagnostics) {
  if (node.is_scalar()) return node.text();
  diagnostics.error("wrong-type", node.span(), std::string(what) + " has to be a text, not " + std::string(kind_name(node)),
                    "write 'key: text'; quote it when it holds ': ' or starts with a sign");
  return std::nullopt;
}

std::optional<bool> read_boolean(Node node, Diagnostics& diagnostics) {
  const bool plain = node.is_scalar() && !node.is_quoted();
  if (plain && node.text() == "true") return true;
  if (plain && node.text() == "false") return false;
  diagnostics.error("wrong-type", node.span(), "this has to be true or false", "write true or false, without quotes");
  return std::nullopt;
}

std::optional<std::int64_t> read_count(Node node, Diagnostics& diagnostics) {
  constexpr std::size_t longest = 15;
  const bool digits = node.is_scalar() && !node.text().empty() && node.text().size() <= longest &&
                      std::all_of(node.text().begin(), node.text().end(), [](char c) { return c >= '0' && c <= '9'; });
  if (digits) return std::stoll(std::string(node.text()));
  diagnostics.error("wrong-type", node.span(), "this has to be a whole number", "write digits only: 3048289, without separators");
  return std::nullopt;
}

Fields::Fields(Node node, std::string_view what, Diagnostics& diagnostics) : node_(node), what_(what), diagnostics_(diagnostics) {
  constexpr std::size_t usual_number_of_keys = 24;
  known_.reserve(usual_number_of_keys);
  mapping_ = node && node.is_mapping();
  if (node && !mapping_)
    diagnostics.error("wrong-type", node.span(),
                      std::string(what) + " has to be a mapping (key: value), not " + std::string(kind_name(node)),
                      "write its fields as 'key: value' lines");
}

Node Fields::node(std::string_view key) {
  if (std::find(known_.begin(), known_.end(), key) == known_.end()) known_.push_back(key);
  if (!mapping_) return {};
  const Node value = node_.find(key);
  return value && value.is_null() ? Node() : value;
}

Node Fields::required(std::string_view key, std::string_view help) {
  const Node value = node(key);
  if (!value && mapping_)
    diagnostics_.error("missing-key", node_.span(), std::string(what_) + " needs '" + std::string(key) + "'", std::string(help));
  return value;
}

bool Fields::has(std::string_view key) { return static_cast<bool>(node(key)); }

std::string Fields::text(std::string_view key) {
  const Node value = node(key);
  return value ? text_of(value, key) : std::string();
}

std::string Fields::required_text(std::string_view key, std::string_view help) {
  const Node value = required(key, help);
  return value ? text_of(value, key) : std::string();
}

// The name for messages is made only when there is something to say: this is asked for every field of every file.
std::string Fields::text_of(Node value, std::string_view key) {
  if (value.is_scalar()) return std::string(value.text());
  scalar_text(value, "'" + std::string(key) + "'", diagnostics_);
  return {};
}

std::optional<bool> Fields::boolean(std::string_view key) {
  const Node value = node(key);
  return value ? read_boolean(value, diagnostics_) : std::nullopt;
}

std::optional<std::int64_t> Fields::count(std::string_view key) {
  const Node value = node(key);
  return value ? read_count(value, diagnostics_) : std::nullopt;
}

std::vector<std::string> Fields::texts(std::string_view key) {
  const Node value = node(key);
  std::vector<std::string> result;
  if (!value) return result;
  if (!value.is_sequence()) {
    result.push_back(text_of(value, key));
    return result;
  }
  for (std::size_t i = 0; i < value.size(); ++i)
    if (const auto each = scalar_text(value.item(i), "an entry of '" + std::string(key) + "'", diagnostics_))
      result.emplace_back(*each);
  return result;
}

void Fields::done() {
  if (!mapping_) return;
  for (std::size_t i = 0; i < node_.size(); ++i) {
    const std::string_view key = node_.key(i);
    if (key == internal_key || std::find(known_.begin(), known_.end(), key) != known_.end()) continue;
    // Past what is kept a suggestion costs time and nobody reads it.
    const bool kept = diagnostics_.all().size() < Diagnostics::most_kept;
    diagnostics_.error("unknown-key", node_.key_span(i), std::string(what_) + " has no key '" + std::string(key) + "'",
                       kept ? suggestion(key, known_) : std::string());
  }
}

}  // namespace cita::yaml
