// Where does a piece of input stand? A Source is one named text; a Span points into it.
//
//   Source file("incident.yaml", text);
//   Position p = file.position(span.begin);      // line 7, column 12: what an editor shows
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cita {

/// A place as editors count it: both 1-based, the column in code points.
struct Position {
  int line = 1;
  int column = 1;
  friend auto operator<=>(const Position&, const Position&) = default;
};

class Source {
 public:
  Source(std::string name, std::string text);

  const std::string& name() const { return name_; }
  const std::string& text() const { return text_; }

  /// The place of a byte offset; an offset past the end is the end.
  Position position(std::size_t offset) const;
  /// The text of a 1-based line without its line end; empty when there is no such line.
  std::string_view line(int number) const;
  /// The byte offset at which a 1-based line starts.
  std::size_t line_start(int number) const;

 private:
  const std::vector<std::uint32_t>& starts() const;

  std::string name_;
  std::string text_;
  mutable std::vector<std::uint32_t> starts_;  // found when first asked for
};

/// A half-open range of bytes of one source. A default Span points nowhere.
struct Span {
  const Source* source = nullptr;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  explicit operator bool() const { return source != nullptr; }
  std::string_view text() const;
};

}  // namespace cita
