// cita pack new NAME: a pack of one's own to start from. cita pack check FILE…: whether packs can be read.
// cita pack test FILE…: whether their cases find what they say, and what no case shows.
#include "command.hpp"

#include <cita/base/text.hpp>
#include <cita/lint/pack_case.hpp>
#include <cita/time/format.hpp>
#include <cita/yaml/document.hpp>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <sstream>

namespace cita::tool {

namespace {

namespace fs = std::filesystem;

struct Options {
  CommonOptions common;
  std::string name;
  std::string folder = ".";
  std::vector<std::string> files;
};

// ---- new

// A promise that many CPSs make. The braces are filled with the pack's name.
constexpr std::string_view new_pack = R"(# yaml-language-server: $schema=https://…/schemas/pack.schema.json
# What our CPS promises beyond the policies that bind us. Judge an incident by it: cita check incident.yaml --pack {}.yaml
pack: {}
title: "Example CA: Certification Practice Statement"
short-title: Example CPS
publisher: Example CA
checked:
  until: 2026-12-31
  version: "1.0"
versions:
  - {version: "1.0", in-force: 2026-01-01}
duties:
  - id: preliminary-report-within-12-hours
    title: Preliminary report within 12 hours
    text: >-
      Within 12 hours of receiving a Certificate Problem Report we give the reporter a preliminary report on our findings.
    pattern: respond
    per: problem-report
    who: CA
    addressees: reporter
    trigger: {events: problem-report-received}
    discharge: {events: preliminary-report}
    example: >-
      A report received on 2026-05-04 at 08:00:00 UTC is answered with findings by 2026-05-04 20:00:00 UTC.
    editions:
      - {from: 2026-01-01, versions: "1.0", section: "4.9.5", level: commitment, limit: PT12H}
)";

struct NewCase {
  std::string_view name, shows, as_of, expected, answered;
};

constexpr NewCase new_cases[] = {
    {"met", "In half the time.", "2026-06-01T00:00:00Z", "met, 6 h to spare", "2026-05-04T14:00:00Z"},
    {"at-the-limit", "At the last second.", "2026-06-01T00:00:00Z", "met, 0 s to spare (at the boundary)",
     "2026-05-04T20:00:00Z"},
    {"a-second-late", "A second late.", "2026-06-01T00:00:00Z", "breached, 1 s late", "2026-05-04T20:00:01Z"},
    {"running", "Not yet, with four hours left.", "2026-05-04T16:00:00Z", "running, 4 h to spare (still open)", ""},
    {"undetermined", "On the day, nobody knows at what time.", "2026-06-01T00:00:00Z",
     "undetermined, 12 h to spare … 3 h 59 min 59 s late", "2026-05-04"},
};

std::string text_of(const NewCase& each) {
  std::string text =
      "# " + std::string(each.shows) + "\n# as-of: " + std::string(each.as_of) +
      "\n# expect: case 1, to the reporter: commitment " + std::string(each.expected) +
      "\ncita: 1\nincident: {title: \"Example CA: Case\", certificates: tls}\naccounts: {ca: {kind: ca, zone: UTC}}\n"
      "cases:\n  \"1\":\n    events:\n      - {kind: problem-report-received, at: 2026-05-04T08:00:00Z}\n";
  if (!each.answered.empty())
    text += "      - {kind: preliminary-report, to: reporter, at: " + std::string(each.answered) + "}\n";
  return text;
}

bool write_new(const fs::path& path, const std::string& text) {
  std::error_code error;
  if (fs::exists(path, error)) {
    complain(path.string() + " is there already; nothing was written over it");
    return false;
  }
  fs::create_directories(path.parent_path(), error);
  return write_whole(text, path.string()) == exit_good;
}

bool is_pack_name(const std::string& name) {
  return !name.empty() && name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos;
}

int make_new(const Options& options) {
  if (!is_pack_name(options.name)) {
    complain("'" + options.name + "' cannot be a pack's name; write small letters, digits and hyphens: example-cps");
    return exit_unusable;
  }
  std::string text(new_pack);
  for (std::size_t at = 0; (at = text.find("{}", at)) != std::string::npos;) text.replace(at, 2, options.name);
  const fs::path folder(options.folder), pack = folder / (options.name + ".yaml");
  const fs::path cases = folder / options.name / "preliminary-report-within-12-hours";
  if (!write_new(pack, text)) return exit_unusable;
  for (const NewCase& each : new_cases)
    if (!write_new(cases / (std::string(each.name) + ".yaml"), text_of(each))) return exit_unusable;
  std::cout << "wrote " << text::shown(pack.string()) << " and " << std::size(new_cases) << " cases in "
            << text::shown(cases.string()) << "\ncheck it: cita pack test " << text::shown(pack.string()) << '\n';
  return exit_good;
}

// ---- check and test

int check(const Options& options) {
  const TextStyle style = options.common.style();
  bool good = true;
  for (const std::string& path : options.files) {
    const auto pack = load_pack(path, style);
    good = good && pack;
    if (pack)
      std::cout << text::shown(path) << ": pack " << pack->pack.id << ", " << pack->pack.duties.size()
                << (pack->pack.duties.size() == 1 ? " rule" : " rules") << ", checked up to "
                << (pack->pack.checked_version.empty() ? "" : "version " + std::string(pack->pack.checked_version) + ", ")
                << show_date(pack->pack.checked_until) << '\n';
  }
  return good ? exit_good : exit_unusable;
}

// The built-in packs, but for one of the same name, and this one.
Catalog catalog_with(const Pack& pack) {
  Catalog catalog;
  for (const Pack& each : built_in_packs())
    if (each.id != pack.id) catalog.add(each);
  catalog.add(pack);
  return catalog;
}

/// Runs the cases that lie beside a pack.
class Test {
 public:
  Test(const Pack& pack, fs::path folder, const TextStyle& style)
      : pack_(pack), folder_(std::move(folder)), style_(style), catalog_(catalog_with(pack)) {}

  int run() {
    for (const Duty& duty : pack_.duties) of(duty);
    report_strangers();
    std::cout << pack_.id << ": " << cases_ << (cases_ == 1 ? " case of " : " cases of ") << pack_.duties.size()
              << (pack_.duties.size() == 1 ? " rule, " : " rules, ") << wrong_ << " wrong, " << missing_ << " missing\n";
    if (unreadable_) return exit_unusable;
    if (cases_ == 0) return exit_nothing;
    return wrong_ > 0 || missing_ > 0 ? exit_findings : exit_good;
  }

 private:
  std::string short_id(const Duty& duty) const { return std::string(duty.id.substr(pack_.id.size() + 1)); }

  static std::vector<fs::path> inside(const fs::path& folder) {
    std::vector<fs::path> all;
    std::error_code error;
    for (fs::directory_iterator each(folder, error), end; !error && each != end; each.increment(error))
      all.push_back(each->path());
    std::sort(all.begin(), all.end());
    return all;
  }

  void of(const Duty& duty) {
    Showings shown;
    for (const fs::path& file : inside(folder_ / short_id(duty))) {
      if (file.extension() != ".yaml") {
        stranger(file);
        continue;
      }
      shown.add(judge(file, duty));
    }
    std::string lacking;
    for (const Showing each : all_showings())
      if (admitted(duty).has(each) && !shown.has(each)) lacking += (lacking.empty() ? "" : ", ") + std::string(name(each));
    if (lacking.empty()) return;
    ++missing_;
    std::cout << duty.id << ": no case shows: " << lacking << '\n';
  }

  Showings judge(const fs::path& file, const Duty& duty) {
    std::string problem;
    auto content = read_file(file.string(), yaml::Limits{}.bytes, problem);
    if (!content) {
      complain(file.string() + ": " + problem);
      unreadable_ = true;
      return {};
    }
    Diagnostics diagnostics;
    const auto source = std::make_shared<const Source>(file.string(), std::move(*content));
    const auto read = read_pack_case(source, diagnostics);
    const CaseOutcome outcome = read ? judge_case(*read, duty.id, catalog_, diagnostics) : CaseOutcome();
    std::cerr << render(diagnostics, style_);
    unreadable_ = unreadable_ || diagnostics.has_errors();
    ++cases_;
    if (!outcome.problem.empty() && !diagnostics.has_errors()) {
      ++wrong_;
      std::cout << text::shown(file.string()) << ":\n";
      std::istringstream lines(outcome.problem);
      for (std::string line; std::getline(lines, line);) std::cout << text::shown(line) << '\n';
    }
    return outcome.shows;
  }

  void report_strangers() {
    for (const fs::path& each : inside(folder_))
      if (std::none_of(pack_.duties.begin(), pack_.duties.end(),
                       [&](const Duty& duty) { return short_id(duty) == each.filename().string(); }))
        stranger(each);
  }

  void stranger(const fs::path& file) {
    complain(file.string() + " belongs to no rule of this pack");
    unreadable_ = true;
  }

  const Pack& pack_;
  fs::path folder_;
  const TextStyle& style_;
  Catalog catalog_;
  int cases_ = 0, wrong_ = 0, missing_ = 0;
  bool unreadable_ = false;
};

int test(const Options& options) {
  const TextStyle style = options.common.style();
  int worst = exit_good;
  for (const std::string& path : options.files) {
    const auto pack = load_pack(path, style);
    const int status = pack ? Test(pack->pack, fs::path(path).replace_extension(), style).run() : exit_unusable;
    // 2 before 1 before 3.
    const auto weight = [](int code) { return code == exit_nothing ? 1 : code == exit_good ? 0 : code == exit_findings ? 2 : 3; };
    if (weight(status) > weight(worst)) worst = status;
  }
  return worst;
}

}  // namespace

void add_pack(CLI::App& app, int& status) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("pack", "Start, check and test policy packs of your own");
  command->require_subcommand(1);

  CLI::App* make =
      command->add_subcommand("new", "Write a pack to start from, with cases: what a CPS promises beyond the policies");
  make->add_option("NAME", options->name, "Its id, small letters and hyphens: example-cps")->required();
  make->add_option("--folder", options->folder, "Where to write it")->type_name("FOLDER")->capture_default_str();
  make->callback([options, &status] { status = make_new(*options); });

  CLI::App* read =
      command->add_subcommand("check", "Tell what is wrong with packs, each with its place and what to write instead");
  read->add_option("FILE", options->files, "Packs")->required();
  options->common.add_terminal(*read);
  read->callback([options, &status] { status = check(*options); });

  CLI::App* try_out = command->add_subcommand("test", "Judge the cases beside packs (PACK/RULE/*.yaml beside PACK.yaml)");
  try_out->add_option("FILE", options->files, "Packs")->required();
  options->common.add_terminal(*try_out);
  try_out->footer(
      "Exit codes: 0 all cases find what they say and show all that a rule can show; 1 some do not; 2 usage or unreadable input; "
      "3 no cases.");
  try_out->callback([options, &status] { status = test(*options); });
}

}  // namespace cita::tool
