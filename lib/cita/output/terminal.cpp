#include <cita/base/text.hpp>
#include <cita/output/terminal.hpp>

#include <algorithm>

namespace cita {

namespace {

constexpr int least_text_width = 24;

std::string_view code(Colour colour) {
  switch (colour) {
    case Colour::plain: return "";
    case Colour::bold: return "\x1b[1m";
    case Colour::red: return "\x1b[1;31m";
    case Colour::yellow: return "\x1b[1;33m";
    case Colour::green: return "\x1b[32m";
    case Colour::blue: return "\x1b[1;34m";
    case Colour::dim: return "\x1b[2m";
  }
  return "";
}

Colour colour_of(Severity severity) {
  switch (severity) {
    case Severity::error: return Colour::red;
    case Severity::warning: return Colour::yellow;
    case Severity::note: return Colour::blue;
  }
  return Colour::plain;
}

std::string spaces(int count) { return std::string(static_cast<std::size_t>(std::max(0, count)), ' '); }

// A long line is cut around the mark, so that the mark is seen.
struct Excerpt {
  std::string text;
  int before = 0;  ///< columns left of the mark
  int marked = 1;  ///< columns under the mark
};

Excerpt excerpt(const Span& span, int columns) {
  const Position at = span.source->position(span.begin);
  const std::string_view line = span.source->line(at.line);
  const std::size_t start = span.source->line_start(at.line);
  const std::size_t from = std::min<std::size_t>(span.begin - start, line.size());
  const std::size_t to = std::clamp<std::size_t>(span.end > start ? span.end - start : 0, from, line.size());
  // No more of a long line is looked at than could be shown: a column takes at most four bytes, cut between characters.
  const std::size_t most = static_cast<std::size_t>(columns) * 4;
  std::size_t left_from = from > most ? from - most : 0;
  while (left_from < from && (static_cast<unsigned char>(line[left_from]) & 0xC0U) == 0x80U) ++left_from;
  bool cut = left_from > 0;
  std::string left = text::shown(line.substr(left_from, from - left_from)),
              middle = text::shown(line.substr(from, std::min(to - from, most))), right = text::shown(line.substr(to, most));
  constexpr std::string_view gap = "… ";
  const auto drop_front = [](std::string& text) {
    std::size_t n = 1;
    while (n < text.size() && (static_cast<unsigned char>(text[n]) & 0xC0U) == 0x80U) ++n;
    text.erase(0, n);
  };
  const int room = std::max(columns / 2, columns - std::max(1, text::width(middle)) - 8);
  while (text::width(left) > room) {
    drop_front(left);
    cut = true;
  }
  if (cut) left = std::string(gap) + left;
  Excerpt result;
  result.before = text::width(left);
  result.marked = std::max(1, std::min(text::width(middle), columns - result.before));
  result.text = left + middle + right;
  while (text::width(result.text) > columns) {
    std::size_t n = result.text.size() - 1;
    while (n > 0 && (static_cast<unsigned char>(result.text[n]) & 0xC0U) == 0x80U) --n;
    result.text.resize(n);
  }
  while (!result.text.empty() && result.text.back() == ' ') result.text.pop_back();
  return result;
}

}  // namespace

std::string coloured(std::string_view text, Colour colour, const TextStyle& style) {
  if (!style.colour || colour == Colour::plain || text.empty()) return std::string(text);
  return std::string(code(colour)) + std::string(text) + "\x1b[0m";
}

std::string place(const Span& span) {
  if (!span) return {};
  const Position at = span.source->position(span.begin);
  return text::shown(span.source->name()) + ":" + std::to_string(at.line) + ":" + std::to_string(at.column);
}

std::string source_lines(const std::vector<Mark>& marks, const TextStyle& style) {
  std::vector<const Mark*> placed;
  for (const Mark& mark : marks)
    if (mark.span) placed.push_back(&mark);
  if (placed.empty()) return {};
  std::string out;
  if (style.plain) {
    for (const Mark* mark : placed)
      out += "  At " + place(mark->span) + (mark->label.empty() ? "" : ": " + text::shown(mark->label)) + "\n";
    return out;
  }
  int digits = 1;
  for (const Mark* mark : placed)
    digits = std::max(digits, static_cast<int>(std::to_string(mark->span.source->position(mark->span.begin).line).size()));
  const std::string gutter = spaces(digits + 1) + coloured("|", Colour::blue, style);
  out += spaces(digits) + coloured("-->", Colour::blue, style) + " " + place(placed.front()->span) + "\n" + gutter + "\n";
  for (const Mark* mark : placed) {
    const std::string number = std::to_string(mark->span.source->position(mark->span.begin).line);
    const Excerpt line = excerpt(mark->span, std::max(least_text_width, style.width - digits - 4));
    out += coloured(spaces(digits - static_cast<int>(number.size())) + number, Colour::blue, style) + " " +
           coloured("|", Colour::blue, style) + " " + line.text + "\n";
    const std::string underline(static_cast<std::size_t>(line.marked), mark == placed.front() ? '^' : '-');
    out += gutter + " " + spaces(line.before) + coloured(underline, mark == placed.front() ? Colour::red : Colour::blue, style);
    const std::string label = text::shown(mark->label);
    if (!label.empty() && digits + 4 + line.before + line.marked + text::width(label) <= style.width) out += " " + label + "\n";
    else out += label.empty() ? "\n" : "\n" + gutter + "   " + label + "\n";
  }
  return out + gutter + "\n";
}

std::string note_line(std::string_view label, std::string_view content, const TextStyle& style) {
  const std::string head = style.plain ? "  " + std::string(label) + ": " : "  = " + std::string(label) + ": ";
  const int indent = static_cast<int>(head.size());
  std::string out;
  for (const std::string& line : text::wrapped(text::shown(content), std::max(least_text_width, style.width - indent))) {
    if (out.empty())
      out = (style.plain ? "  " : "  " + coloured("=", Colour::blue, style) + " ") + coloured(label, Colour::bold, style) + ": " +
            line + "\n";
    else out += spaces(indent) + line + "\n";
  }
  return out;
}

std::string render(const Diagnostic& diagnostic, const TextStyle& style) {
  std::string head = std::string(name(diagnostic.severity)) + "[" + diagnostic.code + "]";
  std::string out = coloured(head, colour_of(diagnostic.severity), style) + ": " +
                    coloured(text::shown(diagnostic.message), Colour::bold, style) + "\n";
  std::vector<Mark> marks{{diagnostic.span, ""}};
  for (const Related& related : diagnostic.related) marks.push_back({related.span, related.message});
  out += source_lines(marks, style);
  if (!diagnostic.help.empty()) out += note_line("help", diagnostic.help, style);
  return out;
}

std::string render(const Diagnostics& diagnostics, const TextStyle& style) {
  std::string out;
  for (const Diagnostic& each : diagnostics.all()) out += render(each, style) + "\n";
  if (diagnostics.dropped() > 0) out += "… and " + std::to_string(diagnostics.dropped()) + " more problems\n\n";
  return out;
}

std::string table(const std::vector<std::vector<std::string>>& rows, const TextStyle& style) {
  std::vector<int> widths(rows.front().size(), 0);
  for (const auto& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], text::width(row[i]));
  std::string out;
  for (const auto& row : rows) {
    std::string text = "  ";
    for (std::size_t i = 0; i < row.size(); ++i) {
      text += row[i];
      if (i + 1 < row.size()) text += std::string(static_cast<std::size_t>(widths[i] - text::width(row[i]) + 2), ' ');
    }
    while (!text.empty() && text.back() == ' ') text.pop_back();
    out += (&row == &rows.front() ? coloured(text, Colour::dim, style) : text) + "\n";
  }
  return out;
}

}  // namespace cita
