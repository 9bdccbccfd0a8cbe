// Words of closed vocabularies, and lists of values, as the readers of incident files need them.
#pragma once

#include <cita/base/suggest.hpp>
#include <cita/model/event_kind.hpp>
#include <cita/model/vocabulary.hpp>
#include <cita/yaml/fields.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace cita::input {

/// A scalar that is one of the allowed words; reports anything else with what it could have meant.
inline std::optional<std::string_view> allowed_word(yaml::Node node, std::string_view what, std::span<const std::string_view> allowed,
                                                    Diagnostics& diagnostics) {
  const auto text = yaml::scalar_text(node, what, diagnostics);
  if (!text) return std::nullopt;
  if (std::find(allowed.begin(), allowed.end(), *text) != allowed.end()) return text;
  const bool kept = diagnostics.all().size() < Diagnostics::most_kept;
  diagnostics.error("unknown-word", node.span(), std::string(what) + " cannot be '" + std::string(*text) + "'",
                    kept ? suggestion(*text, allowed) : std::string());
  return std::nullopt;
}

/// The vocabularies of model/, behind one name.
template <class Enumeration>
std::span<const std::string_view> words_of() {
  return names<Enumeration>();
}
template <class Enumeration>
std::optional<Enumeration> meaning_of(std::string_view word) {
  return named<Enumeration>(word);
}
template <>
inline std::span<const std::string_view> words_of<EventKind>() {
  return event_kind_names();
}
template <>
inline std::optional<EventKind> meaning_of(std::string_view word) {
  return event_kind(word);
}
template <>
inline std::span<const std::string_view> words_of<Actor>() {
  return actor_names();
}
template <>
inline std::optional<Actor> meaning_of(std::string_view word) {
  return actor(word);
}

/// A scalar that names an enumerator.
template <class Enumeration>
std::optional<Enumeration> read_word(yaml::Node node, std::string_view what, Diagnostics& diagnostics) {
  // The empty text and a table's placeholders are no words; the table itself knows that.
  if (node.is_scalar() && !node.text().empty())
    if (const auto value = meaning_of<Enumeration>(node.text())) return value;
  const auto text = yaml::scalar_text(node, what, diagnostics);
  if (!text) return std::nullopt;
  const bool kept = diagnostics.all().size() < Diagnostics::most_kept;
  diagnostics.error("unknown-word", node.span(), std::string(what) + " cannot be '" + std::string(*text) + "'",
                    kept ? suggestion(*text, words_of<Enumeration>()) : std::string());
  return std::nullopt;
}

/// A name that other parts of the file refer to.
inline std::optional<std::string_view> read_id(yaml::Node node, Diagnostics& diagnostics) {
  const auto text = yaml::scalar_text(node, "'id'", diagnostics);
  if (!text || !text->empty()) return text;
  diagnostics.error("empty-id", node.span(), "an id needs at least one letter", "write a short name: 'id: first-reply'");
  return std::nullopt;
}

/// Calls `visit` for each item of a list; a value that is no list is a list of one.
template <class Visit>
void each_or_single(yaml::Node node, Visit visit) {
  if (!node) return;
  if (!node.is_sequence()) {
    visit(node);
    return;
  }
  for (std::size_t i = 0; i < node.size(); ++i) visit(node.item(i));
}

/// Calls `visit` for each item of a list; reports a value that is no list.
template <class Visit>
void each_item(yaml::Node node, Diagnostics& diagnostics, Visit visit) {
  if (!node) return;
  if (node.is_sequence()) {
    for (std::size_t i = 0; i < node.size(); ++i) visit(node.item(i));
    return;
  }
  diagnostics.error("wrong-type", node.span(), "this has to be a list", "start each entry with '- '");
}

/// One word, or a list of words.
template <class Enumeration>
std::vector<Enumeration> read_words(yaml::Node node, std::string_view what, Diagnostics& diagnostics) {
  std::vector<Enumeration> values;
  each_or_single(node, [&](yaml::Node item) {
    if (const auto value = read_word<Enumeration>(item, what, diagnostics)) values.push_back(*value);
  });
  return values;
}

}  // namespace cita::input
