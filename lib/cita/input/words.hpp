// Words of closed vocabularies, and lists of values, as the readers of incident files need them.
#pragma once

#include <cita/base/suggest.hpp>
#include <cita/model/event_kind.hpp>
#include <cita/model/vocabulary.hpp>
#include <cita/yaml/fields.hpp>

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

namespace cita::input {

/// Reports a word that a vocabulary does not have, with what it could have meant. The tables' placeholders are no words.
inline void report_unknown_word(yaml::Node node, std::string_view what, std::span<const std::string_view> allowed,
                                Diagnostics& diagnostics) {
  std::string help;
  if (diagnostics.all().size() < Diagnostics::most_kept) {
    std::vector<std::string_view> words;
    std::copy_if(allowed.begin(), allowed.end(), std::back_inserter(words),
                 [](std::string_view word) { return word.front() != '('; });
    help = suggestion(node.text(), words);
  }
  diagnostics.error("unknown-word", node.span(), std::string(what) + " cannot be '" + std::string(node.text()) + "'",
                    std::move(help));
}

/// A scalar that is one of the allowed words; reports anything else with what it could have meant.
inline std::optional<std::string_view> allowed_word(yaml::Node node, std::string_view what,
                                                    std::span<const std::string_view> allowed, Diagnostics& diagnostics) {
  const auto text = yaml::scalar_text(node, what, diagnostics);
  if (!text) return std::nullopt;
  if (std::find(allowed.begin(), allowed.end(), *text) != allowed.end()) return text;
  report_unknown_word(node, what, allowed, diagnostics);
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
  const auto text = yaml::scalar_text(node, what, diagnostics);
  if (!text) return std::nullopt;
  const auto value = text->empty() ? std::nullopt : meaning_of<Enumeration>(*text);
  if (!value) report_unknown_word(node, what, words_of<Enumeration>(), diagnostics);
  return value;
}

/// A name that other parts of the file refer to, or such a reference.
inline std::optional<std::string_view> read_id(yaml::Node node, std::string_view what, Diagnostics& diagnostics) {
  const auto text = yaml::scalar_text(node, what, diagnostics);
  if (!text || !text->empty()) return text;
  diagnostics.error("empty-id", node.span(), std::string(what) + " needs at least one letter",
                    "write a short name: 'id: first-reply'");
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
