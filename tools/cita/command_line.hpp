// What the command line consists of, as CLI11 knows it: made once, for all that describes it to somebody else.
#pragma once

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace cita::tool {

/// An option or a positional argument.
struct ArgumentText {
  std::vector<std::string> names;   ///< "-h", "--help"; of a positional its one name, "FILE"
  std::string value;                ///< what it takes: "FILE"; empty for a flag
  std::vector<std::string> values;  ///< the only ones that it takes; empty: any
  std::string otherwise;            ///< what counts without it; empty: nothing
  std::string help;
  bool is_required = false;
  bool is_repeatable = false;

  bool takes_file() const;
};

struct CommandText {
  std::string name;  ///< as it is typed: "cita pack new"
  std::string summary;
  std::string notes;
  std::vector<ArgumentText> options, positionals;
  std::vector<CommandText> commands;
  bool needs_command = false;  ///< does nothing without one of these

  /// "new".
  std::string last_name() const { return name.substr(name.rfind(' ') + 1); }
  /// The name with another sign between its words: "cita-pack-new".
  std::string joined(char between) const;
};

/// Everything below the app that the app of a subcommand belongs to.
CommandText whole_command_line(const CLI::App& app);

/// A command and all below it, each after the one that it belongs to.
template <class Visit>
void for_each_command(const CommandText& command, Visit visit) {
  visit(command);
  for (const CommandText& each : command.commands) for_each_command(each, visit);
}

}  // namespace cita::tool
