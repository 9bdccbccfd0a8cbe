#include "reports.hpp"

#include <cita/base/suggest.hpp>
#include <cita/base/text.hpp>
#include <cita/policy/report_template.hpp>

#include <algorithm>
#include <vector>

namespace cita::tool {

namespace {

// With their line ends.
std::vector<std::string_view> lines_of(const std::string& text) {
  std::vector<std::string_view> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t feed = text.find('\n', begin);
    const std::size_t end = feed == std::string::npos ? text.size() : feed + 1;
    lines.push_back(std::string_view(text).substr(begin, end - begin));
    begin = end;
  }
  return lines;
}

}  // namespace

std::shared_ptr<const Source> load_text(const std::string& path, const std::string& help, Diagnostics& diagnostics,
                                        const FileReader& read) {
  constexpr std::size_t most_bytes = std::size_t{256} << 10U;
  std::string problem;
  auto text = read(path, most_bytes, problem);
  if (text) return std::make_shared<const Source>(path == "-" ? "standard input" : path, std::move(*text));
  diagnostics.error("unreadable", {}, path + ": " + problem, help);
  return nullptr;
}

std::shared_ptr<const Source> load_report(const std::string& path, Diagnostics& diagnostics, const FileReader& read) {
  return load_text(path, "give the path of a report", diagnostics, read);
}

bool is_template(const std::string& id, Instant as_of) {
  if (id.empty() || template_called(id, as_of)) return true;
  complain("there is no report template '" + id + "'; " + suggestion(id, template_ids()));
  return false;
}

// Fixes change lines in place, so that lines are compared one by one where their number stays, else between equal ends.
std::string line_difference(const std::string& path, const std::string& before, const std::string& after) {
  const auto old_lines = lines_of(before), new_lines = lines_of(after);
  std::string out = "--- " + text::shown(path) + "\n+++ " + text::shown(path) + "\n";
  // As it stands in the file, so that `patch` takes it, but for what a terminal would obey.
  const auto line = [](char sign, std::string_view each) {
    const bool has_end = each.ends_with('\n');
    if (has_end) each.remove_suffix(1);
    const bool has_return = each.ends_with('\r');
    if (has_return) each.remove_suffix(1);
    return sign + text::shown(each) + (has_return ? "\r\n" : "\n") + (has_end ? "" : "\\ No newline at end of file\n");
  };
  const auto hunk = [&](std::size_t old_begin, std::size_t old_end, std::size_t new_begin, std::size_t new_end) {
    out += "@@ -" + std::to_string(old_begin + 1) + "," + std::to_string(old_end - old_begin) + " +" +
           std::to_string(new_begin + 1) + "," + std::to_string(new_end - new_begin) + " @@\n";
    for (std::size_t i = old_begin; i < old_end; ++i) out += line('-', old_lines[i]);
    for (std::size_t i = new_begin; i < new_end; ++i) out += line('+', new_lines[i]);
  };
  if (old_lines.size() == new_lines.size()) {
    for (std::size_t i = 0; i < old_lines.size(); ++i)
      if (old_lines[i] != new_lines[i]) hunk(i, i + 1, i, i + 1);
    return out;
  }
  const std::size_t shorter = std::min(old_lines.size(), new_lines.size());
  std::size_t head = 0, tail = 0;
  while (head < shorter && old_lines[head] == new_lines[head]) ++head;
  while (tail < shorter - head && old_lines[old_lines.size() - 1 - tail] == new_lines[new_lines.size() - 1 - tail]) ++tail;
  hunk(head, old_lines.size() - tail, head, new_lines.size() - tail);
  return out;
}

}  // namespace cita::tool
