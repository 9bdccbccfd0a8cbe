// The command line: which subcommands there are stands in commands.def.
#include "command.hpp"

#include <cita/base/suggest.hpp>
#include <cita/version.hpp>

#include <algorithm>
#include <exception>
#include <iostream>
#include <new>
#include <string>
#include <system_error>
#include <vector>

namespace {

constexpr const char* about =
    "Compliance Incident Timeline Analyzer: judges the timeline of a CA compliance incident against the dated rules of the "
    "CA/Browser Forum, the CCADB and the root programs, and says what each verdict depends on. Works offline.";

constexpr const char* exit_codes =
    "Exit codes: 0 nothing at or above --fail-on; 1 findings; 2 usage or unreadable input; 3 nothing to check.";

// Whether the first word would be a command and is none, which it says then.
bool is_no_command(const CLI::App& app, const std::vector<std::string>& words) {
  std::vector<std::string_view> commands;
  for (const CLI::App* each : app.get_subcommands(nullptr)) commands.push_back(each->get_name());
  const std::string_view first = words.empty() ? std::string_view() : words.front();
  if (first.empty() || first.front() == '-' || std::find(commands.begin(), commands.end(), first) != commands.end()) return false;
  cita::tool::complain("there is no command '" + std::string(first) + "'; " + cita::suggestion(first, commands));
  return true;
}

int end_with_usage() {
  std::cerr << "Run with --help for more information.\n";
  return cita::tool::exit_unusable;
}

// What stands behind the name of the program; "help certs" is "certs --help".
std::vector<std::string> words_of(int count, char** arguments) {
  std::vector<std::string> words(arguments + std::min(count, 1), arguments + count);
  if (words.empty() || words.front() != "help") return words;
  words.erase(words.begin());
  words.emplace_back("--help");
  return words;
}

}  // namespace

int main(int count, char** arguments) {
  int status = cita::tool::exit_good;
  try {
    CLI::App app(about, "cita");
    app.set_version_flag("--version", std::string("cita ") + cita::version);
    app.require_subcommand(1);
    app.footer(exit_codes);
#define COMMAND(name) cita::tool::add_##name(app, status);
#include "commands.def"
#undef COMMAND
    // Before any command runs.
    app.parse_complete_callback([&app] { cita::tool::note_arguments(app); });
    const std::vector<std::string> words = words_of(count, arguments);
    // CLI11 would say of a mistyped command that an argument was not expected, or help with all commands.
    if (is_no_command(app, words)) return end_with_usage();
    try {
      // CLI11 takes the words from the last one on.
      app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
    } catch (const CLI::Success& done) {
      return app.exit(done);
    } catch (const CLI::ParseError& error) {
      cita::tool::complain(error.what());
      return end_with_usage();
    }
  } catch (const std::bad_alloc&) {
    cita::tool::complain("there is not enough memory");
    return cita::tool::exit_unusable;
  } catch (const std::system_error& problem) {
    const bool is_of_threads = problem.code() == std::errc::resource_unavailable_try_again;
    cita::tool::complain(is_of_threads ? "the system starts no more threads" : problem.what());
    return cita::tool::exit_unusable;
  } catch (const std::exception& problem) {
    cita::tool::complain(std::string("internal: ") + problem.what());
    return cita::tool::exit_unusable;
  }
  return status;
}
