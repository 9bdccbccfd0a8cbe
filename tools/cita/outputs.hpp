// What commands share that judge many files, answer in several forms at once, and can be held against a baseline.
//
//   if (!load_baseline(options, baseline) || !outputs.open(options, style)) return exit_unusable;
//   return judge_files(run, options, baseline, outputs, [&](std::size_t i) {
//     …                                                 // on any thread: the report of (*run.files)[i]
//     answer.texts = outputs.texts(run, report);
//     return answer;
//   });
#pragma once

#include "command.hpp"

#include <cita/output/baseline.hpp>
#include <cita/output/renderer.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cita::tool {

/// The option --fail-on, and what its value means.
void add_fail_on(CLI::App& command, std::string& value);
FailOn fail_level(const std::string& value);

struct OutputOptions {
  std::vector<std::string> formats;
  std::vector<std::string> outputs;
  std::string baseline;
  std::string write_baseline;
  std::string fail_on = "must";
  unsigned jobs = 0;

  void add(CLI::App& command);
  FailOn fail_level() const { return tool::fail_level(fail_on); }
};

/// The forms of an answer, each with where it goes.
class Outputs {
 public:
  /// False, with a message on standard error, where a form is not known, two go to standard output, or a file cannot be written.
  bool open(const OutputOptions& options, const TextStyle& style);
  bool has(std::string_view format) const;

  /// Whether none of the files that are written is one that is read. Where not, standard error says which.
  bool are_apart() const { return tool::are_apart(paths_); }

  void begin(const RunInfo& run);
  /// A text for each form.
  std::vector<std::string> texts(const RunInfo& run, const FileReport& report) const;
  void write(std::vector<std::string> texts);
  /// Puts the files in their places. False, with a message on standard error, where that fails.
  bool end(const RunInfo& run, const Outcome& outcome);

 private:
  struct Sink {
    std::string format;
    std::unique_ptr<OutputFile> file;
    std::unique_ptr<Renderer> renderer;  // the one that begins and ends
    TextStyle style;
  };

  bool add(const std::string& format, const std::string& path, OutputFile::Mode mode = OutputFile::Mode::replace);
  bool add_further(const OutputOptions& options);

  TextStyle style_;
  std::vector<Sink> sinks_;
  std::vector<std::string> paths_;  // of what is written anew
};

/// Adds a file; of a folder those with one of these extensions (".yaml"), in the order of their names. False, with a message on
/// standard error, for a folder that cannot be read.
bool add_files(const std::string& path, const std::vector<std::string>& extensions, std::vector<std::string>& files);

/// False, with a message on standard error, where there is to be a baseline and none can be read.
bool load_baseline(const OutputOptions& options, std::optional<Baseline>& baseline);
/// On standard error: the entries of a baseline that no result matched; `held` says which were.
void tell_unmatched(const OutputOptions& options, const Baseline& baseline, const std::vector<bool>& held);

/// What comes of one file.
struct Answer {
  std::vector<std::string> texts;  ///< of all forms
  Tally tally;
  std::vector<std::size_t> held;  ///< entries of the baseline that were met again
  bool readable = false;
};

/// Judges all files of a run, several at a time, and writes the answers in their order, over nothing that is read. Returns the
/// exit code.
int judge_files(const RunInfo& run, const OutputOptions& options, const std::optional<Baseline>& baseline, Outputs& outputs,
                const std::function<Answer(std::size_t)>& judge);

ExitCode exit_code(const Outcome& outcome, FailOn fail_on);

}  // namespace cita::tool
