// cita completions SHELL: what a shell has to know to complete what is typed after "cita".
#include "command.hpp"
#include "command_line.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace cita::tool {

namespace {

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size())
    text.replace(at, what.size(), with);
  return text;
}

// In single quotes, as POSIX shells read them and as fish does.
std::string quoted(std::string text) { return "'" + replaced(std::move(text), "'", R"('\'')") + "'"; }
std::string quoted_for_fish(std::string text) {
  return "'" + replaced(replaced(std::move(text), R"(\)", R"(\\)"), "'", R"(\')") + "'";
}

std::string one_line(const std::string& text) { return replaced(text, "\n", " "); }

bool takes_files(const CommandText& command) {
  return std::any_of(command.positionals.begin(), command.positionals.end(),
                     [](const ArgumentText& each) { return each.takes_file(); });
}

// The names of commands and options that can stand there; with a value, what can stand after the option.
std::vector<std::string> words(const CommandText& command) {
  std::vector<std::string> result;
  for (const CommandText& each : command.commands) result.push_back(each.last_name());
  for (const ArgumentText& each : command.positionals) result.insert(result.end(), each.values.begin(), each.values.end());
  for (const ArgumentText& each : command.options) result.insert(result.end(), each.names.begin(), each.names.end());
  return result;
}

// ---- bash

std::string bash_value(const ArgumentText& option) {
  if (!option.values.empty()) return fmt::format("_cita_words {}", quoted(fmt::format("{}", fmt::join(option.values, " "))));
  return option.takes_file() ? "_cita_files" : "COMPREPLY=()";
}

// Files, and the names of commands that may stand in their place.
std::string bash_files(const CommandText& command) {
  if (!takes_files(command)) return {};
  std::string names;
  for (const CommandText& each : command.commands) names += (names.empty() ? "" : " ") + each.last_name();
  return fmt::format("[[ $current == -* ]] || {{ _cita_files{}; return; }}; ",
                     names.empty() ? "" : "; _cita_also " + quoted(names));
}

std::string bash(const CommandText& all) {
  std::string commands, values, candidates;
  for_each_command(all, [&](const CommandText& command) {
    if (&command != &all) commands += fmt::format("      {0}) command={0} ;;\n", quoted(command.name));
    for (const ArgumentText& option : command.options)
      for (const std::string& name : option.names)
        if (!option.value.empty())
          values += fmt::format("    {}) {}; return ;;\n", quoted(command.name + " " + name), bash_value(option));
    candidates += fmt::format("    {}) {}_cita_words {} ;;\n", quoted(command.name), bash_files(command),
                              quoted(fmt::format("{}", fmt::join(words(command), " "))));
  });
  return fmt::format(R"(# bash completion for cita. Load it with: source <(cita completions bash)
_cita_words() {{ mapfile -t COMPREPLY < <(compgen -W "$1" -- "$current"); }}
_cita_also() {{ mapfile -t -O "${{#COMPREPLY[@]}}" COMPREPLY < <(compgen -W "$1" -- "$current"); }}
_cita_files() {{
  mapfile -t COMPREPLY < <(compgen -f -- "$current")
  compopt -o filenames 2>/dev/null
}}
_cita() {{
  local current=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD - 1]}} command=cita i
  # "--option=value" comes as three words.
  if [[ $current == = ]]; then current=
  elif [[ $previous == = ]]; then previous=${{COMP_WORDS[COMP_CWORD - 2]}}
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$command ${{COMP_WORDS[i]}}" in
{}    esac
  done
  case "$command $previous" in
{}  esac
  case $command in
{}  esac
}}
complete -F _cita cita
)",
                     commands, values, candidates);
}

// ---- zsh

std::string zsh_action(const ArgumentText& argument) {
  if (!argument.values.empty()) return fmt::format("({})", fmt::join(argument.values, " "));
  return argument.takes_file() ? "_files" : "";
}

std::string zsh_option(const ArgumentText& option, const std::string& name) {
  std::string help = one_line(option.help);
  for (const std::string_view sign : {"\\", "[", "]", ":"}) help = replaced(help, sign, "\\" + std::string(sign));
  const std::string value = option.value.empty() ? "" : fmt::format(":{}:{}", option.value, zsh_action(option));
  return quoted(fmt::format("{}{}[{}]{}", option.is_repeatable ? "*" : "", name, help, value));
}

std::string zsh_function(const CommandText& command) {
  std::string arguments, names, cases;
  for (const ArgumentText& option : command.options)
    for (const std::string& name : option.names) arguments += fmt::format(" \\\n    {}", zsh_option(option, name));
  for (const ArgumentText& each : command.positionals)
    arguments +=
        fmt::format(" \\\n    {}", quoted(fmt::format("{}:{}:{}", each.is_repeatable ? "*" : "", each.value, zsh_action(each))));
  if (command.commands.empty()) return fmt::format("_{}() {{\n  _arguments{}\n}}\n", command.joined('_'), arguments);
  for (const CommandText& each : command.commands) {
    names += fmt::format("    {}\n", quoted(fmt::format("{}:{}", each.last_name(), one_line(each.summary))));
    cases += fmt::format("      {}) _{} ;;\n", each.last_name(), each.joined('_'));
  }
  return fmt::format(R"(_{}() {{
  local state line
  local -a commands=(
{}  )
  _arguments -C{} \
    '1: :->command' \
    '*:: :->rest'
  case $state in
    command) _describe command commands ;;
    rest) case $line[1] in
{}    esac ;;
  esac
}}
)",
                     command.joined('_'), names, arguments, cases);
}

std::string zsh(const CommandText& all) {
  std::string result = "#compdef cita\n# zsh completion for cita. Write it into a folder of $fpath as _cita.\n";
  for_each_command(all, [&](const CommandText& command) { result += zsh_function(command); });
  return result + "_cita \"$@\"\n";
}

// ---- fish

std::string fish_option(const std::string& start, const ArgumentText& option) {
  std::string line = start;
  for (const std::string& name : option.names) line += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
  if (!option.values.empty()) line += " -x -a " + quoted_for_fish(fmt::format("{}", fmt::join(option.values, " ")));
  else if (!option.value.empty()) line += option.takes_file() ? " -r -F" : " -x";
  return line + " -d " + quoted_for_fish(one_line(option.help)) + "\n";
}

std::string fish(const CommandText& all) {
  std::string cases, lines;
  for_each_command(all, [&](const CommandText& command) {
    if (&command != &all) cases += " " + quoted_for_fish(command.name);
    const std::string start =
        fmt::format("complete -c cita -n {}", quoted_for_fish(fmt::format("test (__cita_command) = \"{}\"", command.name)));
    for (const CommandText& each : command.commands)
      lines += fmt::format("{} -a {} -d {}\n", start, each.last_name(), quoted_for_fish(one_line(each.summary)));
    for (const ArgumentText& each : command.options) lines += fish_option(start, each);
    for (const ArgumentText& each : command.positionals)
      if (!each.values.empty())
        lines += fmt::format("{} -a {}\n", start, quoted_for_fish(fmt::format("{}", fmt::join(each.values, " "))));
    if (takes_files(command)) lines += start + " -F\n";
  });
  return fmt::format(R"(# fish completion for cita. Load it with: cita completions fish | source
function __cita_command
  set -l command cita
  for word in (commandline -opc)[2..-1]
    switch "$command $word"
      case{}
        set command "$command $word"
    end
  end
  echo $command
end
complete -c cita -f
{})",
                     cases, lines);
}

struct Shell {
  std::string_view name;
  std::string (*script)(const CommandText& all);
};
constexpr Shell shells[] = {{"bash", bash}, {"zsh", zsh}, {"fish", fish}};

struct Options {
  std::string shell;
  std::string output;
};

int run(const Options& options, const CLI::App& app) {
  const auto* chosen =
      std::find_if(std::begin(shells), std::end(shells), [&](const Shell& each) { return each.name == options.shell; });
  return write_whole(chosen->script(whole_command_line(app)), options.output);
}

}  // namespace

void add_completions(CLI::App& app, int& status) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      app.add_subcommand("completions", "Write what a shell needs to complete commands, options and their values");
  std::vector<std::string> names;
  for (const Shell& each : shells) names.emplace_back(each.name);
  command->add_option("SHELL", options->shell, "For which shell")->required()->check(CLI::IsMember(names));
  command->add_option("--output", options->output, "Write to a file")->type_name("FILE");
  command->footer("In bash: source <(cita completions bash). In fish: cita completions fish | source.");
  command->callback([options, command, &status] { status = run(*options, *command); });
}

}  // namespace cita::tool
