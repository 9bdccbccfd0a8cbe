// cita man [COMMAND…]: the manual page of a command. cita man --folder FOLDER: those of all commands, as files.
#include "command.hpp"
#include "command_line.hpp"

#include <cita/base/suggest.hpp>
#include <cita/version.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <filesystem>

namespace cita::tool {

namespace {

// ---- troff

// One character, as troff takes it whatever its encoding: '-' is the sign that can be searched and copied.
std::string escaped(char32_t c) {
  if (c == U'\\') return "\\(rs";
  if (c == U'-') return "\\-";
  if (c == U'\'') return "\\(aq";
  if (c == U'`') return "\\(ga";
  if (c == U'^') return "\\(ha";
  if (c == U'~') return "\\(ti";
  if (c < 0x80) return {static_cast<char>(c)};
  return fmt::format("\\[u{:04X}]", static_cast<std::uint32_t>(c));
}

// Text of ours, which is UTF-8; a line of it begins no request.
std::string escaped(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t c = length == 1 ? lead : lead & (0x7FU >> length);
    for (std::size_t k = 1; k < length && i + k < text.size(); ++k)
      c = c << 6 | (static_cast<unsigned char>(text[i + k]) & 0x3FU);
    const bool begins_line = i == 0 || text[i - 1] == '\n';
    if (begins_line && c == U'.') result += "\\&";
    result += escaped(c);
    i += length;
  }
  return result;
}

std::string bold(std::string_view text) { return fmt::format("\\fB{}\\fR", escaped(text)); }
std::string italic(std::string_view text) { return fmt::format("\\fI{}\\fR", escaped(text)); }

// ---- the parts of a page

std::string section(std::string_view title, const std::string& body) {
  return body.empty() ? std::string() : fmt::format(".SH {}\n{}", title, body);
}

std::string synopsis(const CommandText& command) {
  std::string text = bold(command.name);
  if (!command.options.empty()) text += fmt::format(" [{}\\&...]", italic("OPTION"));
  if (!command.commands.empty())
    text += command.needs_command ? " " + italic("COMMAND") : fmt::format(" [{}]", italic("COMMAND"));
  for (const ArgumentText& each : command.positionals) {
    const std::string name = italic(each.value) + (each.is_repeatable ? "\\&..." : "");
    text += each.is_required ? " " + name : fmt::format(" [{}]", name);
  }
  return text + "\n";
}

std::string argument(const ArgumentText& each, bool is_option) {
  std::vector<std::string> names;
  for (const std::string& name : each.names) names.push_back(is_option ? bold(name) : italic(name));
  std::string text = fmt::format(".TP\n{}", fmt::join(names, ", "));
  if (is_option && !each.value.empty()) text += " " + italic(each.value);
  text += "\n" + escaped(each.help) + ".";
  if (!each.values.empty()) text += escaped(fmt::format(" One of: {}.", fmt::join(each.values, ", ")));
  if (!each.otherwise.empty()) text += escaped(fmt::format(" Without it: {}.", each.otherwise));
  return text + "\n";
}

std::string arguments(const std::vector<ArgumentText>& all, bool is_option) {
  std::string text;
  for (const ArgumentText& each : all) text += argument(each, is_option);
  return text;
}

std::string commands(const CommandText& command) {
  std::string text;
  for (const CommandText& each : command.commands) text += fmt::format(".TP\n{}\n{}.\n", bold(each.name), escaped(each.summary));
  return text;
}

constexpr std::string_view exit_codes = "Exit codes: ";

// The notes in front of what they say of exit codes, with which they end, or only that. The ends of their lines are for
// terminals.
std::string notes(const CommandText& command, bool on_exit_codes) {
  const std::string_view all = command.notes;
  const std::size_t at = std::min(all.find(exit_codes), all.size());
  std::string_view wanted = all.substr(0, at);
  if (on_exit_codes) wanted = all.substr(std::min(at + exit_codes.size(), all.size()));
  wanted = wanted.substr(0, wanted.find_last_not_of(" \n") + 1);
  return wanted.empty() ? std::string() : escaped(wanted) + "\n";
}

std::string see_also(const CommandText& command, const CommandText& all) {
  std::vector<std::string> pages;
  if (&command != &all) pages.push_back(fmt::format("{}(1)", bold("cita")));
  for (const CommandText& each : command.commands) pages.push_back(fmt::format("{}(1)", bold(each.joined('-'))));
  return pages.empty() ? std::string() : fmt::format("{}\n", fmt::join(pages, ",\n"));
}

std::string page(const CommandText& command, const CommandText& all) {
  std::string title = command.joined('-');
  std::transform(title.begin(), title.end(), title.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  const std::size_t first_sentence = std::min(command.summary.find(": "), command.summary.size());
  return fmt::format(".TH {} 1 \"\" \"cita {}\" \"User Commands\"\n", escaped(title), version) +
         section("NAME",
                 fmt::format("{} \\- {}\n", escaped(command.joined('-')), escaped(command.summary.substr(0, first_sentence)))) +
         section("SYNOPSIS", synopsis(command)) +
         section("DESCRIPTION", escaped(command.summary) + (command.summary.ends_with(".") ? "\n" : ".\n")) +
         section("ARGUMENTS", arguments(command.positionals, false)) + section("COMMANDS", commands(command)) +
         section("OPTIONS", arguments(command.options, true)) + section("EXIT STATUS", notes(command, true)) +
         section("NOTES", notes(command, false)) + section("SEE ALSO", see_also(command, all));
}

// ---- the command

struct Options {
  std::vector<std::string> command;
  std::string folder;
  std::string output;
};

int write_all(const CommandText& all, const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  int result = exit_good;
  for_each_command(all, [&](const CommandText& command) {
    const auto path = std::filesystem::path(folder) / (command.joined('-') + ".1");
    if (result == exit_good) result = write_whole(page(command, all), path.string());
  });
  return result;
}

int run(const Options& options, const CLI::App& app) {
  const CommandText all = whole_command_line(app);
  if (!options.folder.empty()) return write_all(all, options.folder);
  const CommandText* wanted = &all;
  for (const std::string& word : options.command) {
    std::vector<std::string> names;
    for (const CommandText& each : wanted->commands) names.push_back(each.last_name());
    const auto found = std::find(names.begin(), names.end(), word);
    if (found == names.end()) {
      const std::vector<std::string_view> candidates(names.begin(), names.end());
      complain(fmt::format("'{}' has no command '{}'; {}", wanted->name, word, suggestion(word, candidates)));
      return exit_unusable;
    }
    wanted = &wanted->commands[static_cast<std::size_t>(found - names.begin())];
  }
  return write_whole(page(*wanted, all), options.output);
}

}  // namespace

void add_man(CLI::App& app, int& status) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("man", "Write the manual page of a command, or of all of them");
  command->add_option("COMMAND", options->command, "The command without 'cita', e.g. pack new; without any, cita itself");
  command
      ->add_option("--folder", options->folder, "Write the pages of all commands into it, as cita.1, cita-check.1, \xE2\x80\xA6")
      ->type_name("FOLDER");
  command->add_option("--output", options->output, "Write to a file")->type_name("FILE");
  command->footer("To read one: cita man check | man -l -");
  command->callback([options, command, &status] { status = run(*options, *command); });
}

}  // namespace cita::tool
