#include "command.hpp"

#include "lists.hpp"

#include <cita/base/text.hpp>
#include <cita/input/incident_file.hpp>
#include <cita/time/notation.hpp>
#include <cita/yaml/document.hpp>

#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <mutex>
#include <set>

namespace cita::tool {

namespace {

constexpr int widest = 160;
constexpr int narrowest = 40;

int terminal_width() {
  winsize size{};
  if (isatty(STDOUT_FILENO) == 1 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return default_width;
}

bool wants_colour(const std::string& option) {
  if (option == "always") return true;
  if (option == "never") return false;
  const char* refused = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  return (refused == nullptr || *refused == '\0') && (terminal == nullptr || std::strcmp(terminal, "dumb") != 0) &&
         isatty(STDOUT_FILENO) == 1;
}

std::optional<Instant> parse_instant(const std::string& text) {
  const StampResult result = read_notation(text, {});
  if (!result || !result.stamp->moment.is_exact()) return std::nullopt;
  return result.stamp->moment.earliest();
}

std::optional<Instant> parse_epoch(const std::string& text) {
  constexpr std::size_t longest = 12;
  if (text.empty() || text.size() > longest || text.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
  return Instant{Seconds{std::stoll(text)}};
}

// What the run reads. Files are read on several threads.
class Inputs {
 public:
  static Inputs& all() {
    static Inputs inputs;
    return inputs;
  }
  void add(const std::string& path) {
    const std::lock_guard lock(mutex_);
    paths_.insert(path);
  }
  bool has(const std::string& path) {
    const std::lock_guard lock(mutex_);
    return std::any_of(paths_.begin(), paths_.end(), [&](const std::string& each) { return is_one_file(path, each); });
  }

 private:
  std::mutex mutex_;
  std::set<std::string> paths_;
};

std::string is_read(const std::string& path) { return path + " is one of the files that are read; name another to write to"; }

bool says_where_to_write(const CLI::Option& option) {
  constexpr std::string_view names[] = {"output", "write-appendix", "verdicts", "partial", "bundle", "write-baseline"};
  return std::any_of(std::begin(names), std::end(names),
                     [&](std::string_view each) { return option.check_lname(std::string(each)); });
}

bool names_files(const CLI::Option& option) {
  constexpr std::string_view names[] = {"FILE", "CERT", "LIST", "RECORD", "SOURCE"};
  return option.get_positional() || std::find(std::begin(names), std::end(names), option.get_type_name()) != std::end(names);
}

}  // namespace

void note_input(const std::string& path) {
  if (!path.empty() && path != "-") Inputs::all().add(path);
}

void note_arguments(const CLI::App& app) {
  for (const CLI::Option* option : app.get_options(nullptr)) {
    if (says_where_to_write(*option) || !names_files(*option)) continue;
    for (const std::string& value : option->results()) {
      std::error_code error;
      if (std::filesystem::exists(value, error) && !std::filesystem::is_directory(value, error)) note_input(value);
    }
  }
  for (const CLI::App* command : app.get_subcommands()) note_arguments(*command);
}

void complain(std::string_view message) { std::cerr << "error: " << text::shown(message) << '\n'; }

std::optional<std::string> read_file(const std::string& path, std::size_t most, std::string& problem) {
  note_input(path);
  std::FILE* file = path == "-" ? stdin : std::fopen(path.c_str(), "rb");
  if (file == nullptr) {
    problem = std::strerror(errno);
    return std::nullopt;
  }
  std::string content;
  char block[1 << 16];
  std::size_t got = 0;
  errno = 0;
  while (content.size() <= most && (got = std::fread(block, 1, sizeof block, file)) > 0) content.append(block, got);
  const bool failed = std::ferror(file) != 0;
  if (failed) problem = errno != 0 ? std::strerror(errno) : "it cannot be read";
  if (file != stdin) std::fclose(file);
  if (failed) return std::nullopt;
  if (content.size() > most + 1) content.resize(most + 1);
  return content;
}

OutputFile::OutputFile(std::string path, Mode mode) : mode_(mode), path_(std::move(path)) {
  if (path_.empty() || path_ == "-") {
    path_.clear();
    file_ = stdout;
    return;
  }
  if (mode == Mode::append) {
    file_ = std::fopen(path_.c_str(), "ab");
    if (file_ == nullptr) problem_ = path_ + ": " + std::strerror(errno);
    return;
  }
  std::error_code error;
  const auto status = std::filesystem::status(path_, error);
  const bool is_there = !error && std::filesystem::exists(status);
  if (is_there && !std::filesystem::is_regular_file(status)) {
    file_ = std::fopen(path_.c_str(), "wb");
    if (file_ == nullptr) problem_ = path_ + ": " + std::strerror(errno);
    return;
  }
  if (!may_replace()) return;
  if (is_there && std::filesystem::is_symlink(std::filesystem::symlink_status(path_, error)))
    path_ = std::filesystem::canonical(path_, error).string();
  beside_ = path_ + ".part-" + std::to_string(getpid());
  file_ = std::fopen(beside_.c_str(), "wbx");
  if (file_ == nullptr) problem_ = path_ + ": " + std::strerror(errno);
}

OutputFile::~OutputFile() {
  if (file_ != nullptr && file_ != stdout) {
    std::fclose(file_);
    if (!beside_.empty()) std::remove(beside_.c_str());
  }
}

bool OutputFile::may_replace() {
  if (mode_ == Mode::replace && Inputs::all().has(path_)) problem_ = is_read(path_);
  return problem_.empty();
}

void OutputFile::write(std::string_view text) {
  if (file_ == nullptr || !problem_.empty()) return;
  if (std::fwrite(text.data(), 1, text.size(), file_) != text.size())
    problem_ = (path_.empty() ? "standard output" : path_) + ": " + std::strerror(errno);
}

bool OutputFile::finish() {
  if (file_ == nullptr) return false;
  if (std::fflush(file_) != 0 && problem_.empty())
    problem_ = (path_.empty() ? "standard output" : path_) + ": " + std::strerror(errno);
  if (file_ == stdout) return problem_.empty();
  if (std::fclose(file_) != 0 && problem_.empty()) problem_ = path_ + ": " + std::strerror(errno);
  file_ = nullptr;
  if (beside_.empty()) return problem_.empty();
  // Which lists an incident file names may be known only now.
  if (!may_replace()) {
    std::remove(beside_.c_str());
    return false;
  }
  std::error_code ignored;  // a file that is new has no mode to keep
  const auto mode = std::filesystem::status(path_, ignored).permissions();
  if (!ignored && mode != std::filesystem::perms::unknown) std::filesystem::permissions(beside_, mode, ignored);
  if (problem_.empty() && std::rename(beside_.c_str(), path_.c_str()) != 0) problem_ = path_ + ": " + std::strerror(errno);
  if (!problem_.empty()) std::remove(beside_.c_str());
  return problem_.empty();
}

bool is_one_file(const std::string& a, const std::string& b) {
  const auto is_file = [](const std::string& path) { return !path.empty() && path != "-"; };
  if (!is_file(a) || !is_file(b)) return false;
  std::error_code error;
  const bool same = std::filesystem::equivalent(a, b, error);
  return error ? std::filesystem::path(a).lexically_normal() == std::filesystem::path(b).lexically_normal() : same;
}

bool are_apart(const std::vector<std::string>& written) {
  for (std::size_t i = 0; i < written.size(); ++i) {
    if (Inputs::all().has(written[i])) {
      complain(is_read(written[i]));
      return false;
    }
    std::error_code error;
    const bool is_special = std::filesystem::exists(written[i], error) && !std::filesystem::is_regular_file(written[i], error);
    const auto is_it = [&](const std::string& other) { return is_one_file(written[i], other); };
    if (!is_special && std::any_of(written.begin(), written.begin() + static_cast<std::ptrdiff_t>(i), is_it)) {
      complain(written[i] + " is to be written twice; name two files");
      return false;
    }
  }
  return true;
}

ExitCode write_whole(const std::string& text, const std::string& path, OutputFile::Mode mode) {
  OutputFile file(path, mode);
  file.write(text);
  if (file.finish()) return exit_good;
  complain(file.problem());
  return exit_unusable;
}

std::optional<AsOf> as_of(const std::string& option) {
  if (!option.empty()) {
    if (const auto instant = parse_instant(option)) return AsOf{*instant, "--as-of"};
    complain("--as-of '" + option + "' is not an instant; write it as 2026-05-04T08:10:00Z");
    return std::nullopt;
  }
  if (const char* epoch = std::getenv("SOURCE_DATE_EPOCH"); epoch != nullptr && *epoch != '\0') {
    if (const auto instant = parse_epoch(epoch)) return AsOf{*instant, "SOURCE_DATE_EPOCH"};
    complain("SOURCE_DATE_EPOCH '" + std::string(epoch) + "' is not a number of seconds");
    return std::nullopt;
  }
  return AsOf{date::floor<Seconds>(std::chrono::system_clock::now()), "the clock"};
}

CLI::Validator shown_values(const std::vector<std::string_view>& values) {
  return CLI::Validator("{" + CLI::detail::join(values, ",") + "}");
}

void CommonOptions::add_judging(CLI::App& command) {
  command.add_option("--as-of", as_of,
                     "Judge at this instant, e.g. 2026-05-04T08:10:00Z (else SOURCE_DATE_EPOCH, else the clock)");
  command.add_option("--pack", packs, "A policy pack of your own, or a draft/NAME, beside the built-in ones (repeatable)")
      ->type_name("FILE");
  command
      .add_option("--profile", profile_name,
                  "author; reviewer: takes awareness from the earliest event that supports it, and suppresses nothing; auditor: "
                  "takes every text by its default reading, and suppresses nothing")
      ->check(CLI::IsMember({"author", "reviewer", "auditor"}))
      ->type_name("WHO")
      ->capture_default_str();
}

Profile CommonOptions::profile() const { return profile_called(profile_name).value_or(Profile::author); }

void CommonOptions::add_terminal(CLI::App& command) {
  command.add_option("--color", colour, "When to use colours (NO_COLOR is respected)")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->type_name("WHEN")
      ->capture_default_str();
  command.add_option("--width", width, "Columns of text (default: the terminal's)")
      ->check(CLI::Range(narrowest, widest * 4))
      ->type_name("N");
  command.add_flag("--plain", plain, "Sentences without drawing, for screen readers");
}

TextStyle CommonOptions::style() const {
  TextStyle style;
  style.width = width > 0 ? width : std::clamp(terminal_width(), narrowest, widest);
  style.colour = wants_colour(colour);
  style.plain = plain;
  return style;
}

std::unique_ptr<PackFile> load_pack(const std::string& path, const TextStyle& style, const FileReader& read) {
  std::string problem;
  auto content = read(path, yaml::Limits{}.bytes, problem);
  if (!content) {
    complain(path + ": " + problem);
    return nullptr;
  }
  // The diagnostics point into the source, which a pack that cannot be read does not keep.
  const auto source = std::make_shared<const Source>(path, std::move(*content));
  Diagnostics diagnostics;
  auto pack = read_pack(source, diagnostics);
  diagnostics.sort();
  std::cerr << render(diagnostics, style);
  return pack;
}

const Pack* built_in_draft(std::string_view name) {
  constexpr std::string_view start = "draft/";
  if (!name.starts_with(start)) return nullptr;
  for (const Pack& pack : built_in_packs())
    if (pack.draft && pack.id == name.substr(start.size())) return &pack;
  return nullptr;
}

bool load_packs(const std::vector<std::string>& files, Catalog& catalog, std::vector<std::unique_ptr<PackFile>>& storage,
                const TextStyle& style, const FileReader& read) {
  catalog = Catalog::built_in();
  bool good = true;
  for (const std::string& path : files) {
    if (const Pack* draft = built_in_draft(path)) {
      if (catalog.pack(draft->id) == nullptr) catalog.add(*draft);
      continue;
    }
    auto pack = load_pack(path, style, read);
    if (pack && catalog.pack(pack->pack.id) != nullptr) {
      complain(path + ": there is already a pack '" + std::string(pack->pack.id) + "'");
      pack = nullptr;
    }
    if (!pack) {
      good = false;
      continue;
    }
    catalog.add(pack->pack);
    storage.push_back(std::move(pack));
  }
  return good;
}

LoadedIncident load_incident(const std::string& path, const FileReader& read) {
  LoadedIncident loaded;
  std::string problem;
  auto content = read(path, yaml::Limits{}.bytes, problem);
  loaded.source = std::make_shared<const Source>(path == "-" ? "(standard input)" : path, content.value_or(""));
  if (!content) {
    loaded.diagnostics.error("unreadable", {}, path + ": " + problem, "check the path and the permissions");
    return loaded;
  }
  loaded.incident = read_incident(loaded.source, loaded.diagnostics);
  if (loaded.incident)
    for (const std::string& list : told_lists(*loaded.incident)) note_input(path_of_list(path, list));
  loaded.diagnostics.sort();
  return loaded;
}

}  // namespace cita::tool
