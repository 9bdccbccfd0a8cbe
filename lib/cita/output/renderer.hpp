// The forms that `cita check` can answer in: renderers.def lists them, one file each.
//
// A renderer writes one file after the other and keeps none, so memory does not grow with their number; what it writes for
// a file depends on nothing but that file and its place, so several renderers can share the work. The one that began sees
// what all of them wrote, in the order of the files: it puts a comma between two, and stops where there is enough.
#pragma once

#include <cita/output/check_report.hpp>
#include <cita/output/terminal.hpp>

#include <memory>
#include <utility>

namespace cita {

class Renderer {
 public:
  Renderer() = default;
  Renderer(const Renderer&) = delete;
  Renderer& operator=(const Renderer&) = delete;
  virtual ~Renderer() = default;

  /// What comes before the first file, for one file, and after the last.
  virtual std::string begin(const RunInfo&) { return {}; }
  virtual std::string file(const RunInfo& run, const FileReport& report) = 0;
  virtual std::string end(const RunInfo&, const Outcome&) { return {}; }

  /// What is written of the text that `file` made; called for every file in turn.
  virtual std::string in_turn(std::string text_of_file) { return text_of_file; }
};

/// A form that is a list in JSON: a line for each element, and a comma between two files that have any.
class ListRenderer : public Renderer {
 public:
  std::string in_turn(std::string text_of_file) final {
    if (text_of_file.empty()) return {};
    const bool is_first = !std::exchange(any_, true);
    return (is_first ? "\n" : ",\n") + text_of_file;
  }

 private:
  bool any_ = false;
};

/// The names of all forms, in the order of renderers.def.
std::vector<std::string_view> renderer_names();
/// The renderer of that name; nothing when there is none. `style` is for forms that are read by people.
std::unique_ptr<Renderer> make_renderer(std::string_view name, const TextStyle& style);

}  // namespace cita
