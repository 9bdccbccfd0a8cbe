// What all subcommands share: exit codes, reading and writing files, the as-of instant, the look of a terminal.
#pragma once

#include <cita/base/diagnostic.hpp>
#include <cita/model/incident.hpp>
#include <cita/output/terminal.hpp>
#include <cita/policy/catalog.hpp>
#include <cita/policy/pack_file.hpp>

#include <CLI/CLI.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cita::tool {

/// The same in every command. Of several the higher number wins, except that 1 wins over 3.
enum ExitCode : int { exit_good = 0, exit_findings = 1, exit_unusable = 2, exit_nothing = 3 };

#define COMMAND(name) void add_##name(CLI::App& app, int& status);
#include "commands.def"
#undef COMMAND

/// A file's text, or of "-" standard input; nothing when it cannot be read, and `problem` says why. At most one byte more
/// than `most` is read, so that a reader can tell that a file is too large.
std::optional<std::string> read_file(const std::string& path, std::size_t most, std::string& problem);

/// How a command gets a file's text: as read_file does, unless the files are somewhere else.
using FileReader = std::function<std::optional<std::string>(const std::string& path, std::size_t most, std::string& problem)>;

/// Remembers a file that the run reads, or that an incident file names: no output is written over it. Every argument is one,
/// unless it says where to write (note_arguments), and so is what read_file reads.
void note_input(const std::string& path);
/// The arguments of a command line that are files.
void note_arguments(const CLI::App& app);

/// Writes into a file beside the target and renames it when all is written; nothing is left of a write that failed.
/// A file that is replaced keeps its mode. One that the run reads is replaced only where that is what amending it means.
/// "-" or an empty path is standard output. A file that others write too is appended to; what is no regular file (a pipe, a
/// device) is written as it is, and a symbolic link stays one.
class OutputFile {
 public:
  enum class Mode : std::uint8_t { replace, amend, append };

  explicit OutputFile(std::string path, Mode mode = Mode::replace);
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;
  ~OutputFile();

  void write(std::string_view text);
  /// Puts the file in its place. False when anything failed, and `problem()` says what.
  bool finish();
  const std::string& problem() const { return problem_; }

 private:
  // Whether the target is none that is read, or is to be amended.
  bool may_replace();

  Mode mode_;
  std::string path_, beside_, problem_;
  std::FILE* file_ = nullptr;
};

/// Whether two paths are one file, which need not be there; "-" and the empty path are none.
bool is_one_file(const std::string& a, const std::string& b);

/// Whether each file that is to be written is none of those that are read, as far as they are known by now, and none of the
/// others. Where not, standard error says which; empty paths and "-" are no files.
bool are_apart(const std::vector<std::string>& written);

/// Writes a text to a file or standard output: exit_good, or exit_unusable with a message on standard error.
ExitCode write_whole(const std::string& text, const std::string& path, OutputFile::Mode mode = OutputFile::Mode::replace);

/// The instant to judge at, and where it comes from.
struct AsOf {
  Instant instant{};
  std::string origin;
};
/// From `--as-of`, else SOURCE_DATE_EPOCH, else the clock. Nothing, with a message on standard error, for a wrong value.
std::optional<AsOf> as_of(const std::string& option);

/// The columns of a text that is not for this terminal.
inline constexpr int default_width = 100;

/// Options that commands with an as-of, packs or a terminal have in common.
struct CommonOptions {
  std::string as_of;
  std::vector<std::string> packs;
  std::string profile_name = "author";
  std::string colour = "auto";
  int width = 0;
  bool plain = false;

  void add_judging(CLI::App& command);
  void add_terminal(CLI::App& command);
  TextStyle style() const;
  Profile profile() const;
};

/// Shows which values an option takes, where the command itself has the better answer to others.
CLI::Validator shown_values(const std::vector<std::string_view>& values);

/// A pack file; nothing, with diagnostics on standard error, when it cannot be read.
std::unique_ptr<PackFile> load_pack(const std::string& path, const TextStyle& style, const FileReader& read = read_file);

/// The built-in packs and those of `--pack`. False, with diagnostics on standard error, when one cannot be read.
bool load_packs(const std::vector<std::string>& files, Catalog& catalog, std::vector<std::unique_ptr<PackFile>>& storage,
                const TextStyle& style, const FileReader& read = read_file);
/// The built-in draft that "draft/NAME" names; nothing for a file.
const Pack* built_in_draft(std::string_view name);

/// Reads an incident file, and remembers the lists that it names as input. Without an incident the diagnostics say why.
struct LoadedIncident {
  std::shared_ptr<const Source> source;
  std::optional<Incident> incident;
  Diagnostics diagnostics;
};
LoadedIncident load_incident(const std::string& path, const FileReader& read = read_file);

/// "error: …" on standard error.
void complain(std::string_view message);

}  // namespace cita::tool
