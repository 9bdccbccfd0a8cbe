// How text looks on a terminal: width, colour, source lines with a marker below. Everything from a file is made harmless.
#pragma once

#include <cita/base/diagnostic.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace cita {

struct TextStyle {
  int width = 100;
  bool colour = false;
  bool all = false;    ///< also what does not apply, and every view
  bool plain = false;  ///< sentences without drawing, for screen readers
};

enum class Colour : std::uint8_t { plain, bold, red, yellow, green, blue, dim };

/// The text in a colour, when the style has colours.
std::string coloured(std::string_view text, Colour colour, const TextStyle& style);

/// A place in a source with what to see there.
struct Mark {
  Span span;
  std::string label;
};

/// "  --> file:12:3" and the lines of each mark with an underline and its label.
std::string source_lines(const std::vector<Mark>& marks, const TextStyle& style);

/// "  = label: text", wrapped to the width, later lines indented.
std::string note_line(std::string_view label, std::string_view text, const TextStyle& style);

/// Rows with aligned columns, indented by two; the first is the head.
std::string table(const std::vector<std::vector<std::string>>& rows, const TextStyle& style);

/// A whole diagnostic: "error[code]: message", the lines, the help.
std::string render(const Diagnostic& diagnostic, const TextStyle& style);
/// All of them, and how many were left out.
std::string render(const Diagnostics& diagnostics, const TextStyle& style);

/// "incident.yaml:12:3".
std::string place(const Span& span);

}  // namespace cita
