// Typed access to a mapping's fields. Each access reports what is wrong with the value; what nobody asked for is an
// unknown key, and what was asked for is what "did you mean" offers.
//
//   Fields fields(node, "an account", diagnostics);
//   account.name = fields.text("name");
//   account.complete = fields.boolean("complete", true);
//   fields.done();
#pragma once

#include <cita/yaml/document.hpp>

#include <optional>
#include <string>
#include <vector>

namespace cita::yaml {

/// Notes that nobody else is to see may stand under this key in any mapping. No reader looks at them, so no output can
/// show them.
inline constexpr std::string_view internal_key = "internal";

class Fields {
 public:
  /// `what` names the thing for messages ("an account", "a case"). A node that is no mapping is diagnosed.
  Fields(Node node, std::string_view what, Diagnostics& diagnostics);

  bool is_mapping() const { return mapping_; }
  Span span() const { return node_ ? node_.span() : Span(); }

  /// The value under a key, or no node where the key is absent or null. Marks the key as known.
  Node node(std::string_view key);
  /// As above; an absent key is an error.
  Node required(std::string_view key, std::string_view help);
  bool has(std::string_view key);

  std::string text(std::string_view key);
  std::string required_text(std::string_view key, std::string_view help);
  std::optional<bool> boolean(std::string_view key);
  std::optional<std::int64_t> count(std::string_view key);
  /// A list of texts; a single text is a list of one.
  std::vector<std::string> texts(std::string_view key);

  /// Reports keys that nobody asked for.
  void done();

 private:
  std::string text_of(Node value, std::string_view key);

  Node node_;
  std::string_view what_;
  Diagnostics& diagnostics_;
  bool mapping_ = false;
  std::vector<std::string_view> known_;
};

/// The text of a scalar; reports and returns nothing for another node.
std::optional<std::string_view> scalar_text(Node node, std::string_view what, Diagnostics& diagnostics);
/// `true` or `false`, nothing else.
std::optional<bool> read_boolean(Node node, Diagnostics& diagnostics);
/// A whole number, not negative; a thousands separator is an error that says so.
std::optional<std::int64_t> read_count(Node node, Diagnostics& diagnostics);

}  // namespace cita::yaml
