// What the tool says of itself: completions for shells and manual pages. Which commands and options there are is taken from
// --help, which neither of them is made from.
#include "shell.hpp"

#include <algorithm>
#include <set>
#include <vector>

using namespace shell;

namespace {

struct Command {
  std::string name;  // "cita pack new"
  std::vector<std::string> options;
  std::vector<std::string> commands;
};

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> result;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) result.push_back(line);
  return result;
}

// "  -h,--help   Print this …" and "  --format FORMAT:{text}=text …"
std::vector<std::string> option_names(const std::string& line) {
  std::vector<std::string> result;
  std::istringstream names(line.substr(0, line.find_first_of(" =", 2)));
  for (std::string name; std::getline(names, name, ',');) result.push_back(name.substr(name.find('-')));
  return result;
}

void read_help(const Shell& shell, const std::string& name, std::vector<Command>& all) {
  Command command{name, {}, {}};
  const std::string words = name.size() > 5 ? name.substr(5) : "";
  bool in_commands = false;
  for (const std::string& line : lines(shell.run(words + " --help").out)) {
    if (!line.starts_with("  ")) in_commands = line == "Subcommands:";
    else if (line.starts_with("  -"))
      for (std::string& each : option_names(line)) command.options.push_back(std::move(each));
    else if (in_commands && line[2] != ' ') command.commands.push_back(line.substr(2, line.find(' ', 2) - 2));
  }
  all.push_back(command);
  for (const std::string& each : command.commands) read_help(shell, name + " " + each, all);
}

std::vector<Command> all_commands(const Shell& shell) {
  std::vector<Command> all;
  read_help(shell, "cita", all);
  return all;
}

std::string joined(std::string name) {
  std::replace(name.begin(), name.end(), ' ', '-');
  return name;
}

// What bash offers for the last of these words.
std::set<std::string> completed(const Shell& shell, const std::vector<std::string>& words) {
  std::string script = "source cita.bash\nCOMP_WORDS=(";
  for (const std::string& each : words) script += "'" + each + "' ";
  shell.write("try.bash", script + ")\nCOMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n_cita\nprintf '%s\\n' \"${COMPREPLY[@]}\"\n");
  const Ran ran = shell.execute("bash try.bash");
  CHECK(ran.code == 0);
  const auto offered = lines(ran.out);
  std::set<std::string> result(offered.begin(), offered.end());
  result.erase("");
  return result;
}

std::vector<std::string> words_of(const std::string& name, std::string last) {
  std::vector<std::string> result;
  std::istringstream in(name);
  for (std::string word; in >> word;) result.push_back(word);
  result.push_back(std::move(last));
  return result;
}

using Words = std::set<std::string>;

}  // namespace

TEST_CASE("bash completes every command and every option") {
  const Shell shell;
  shell.write("cita.bash", shell.run("completions bash").out);
  const auto all = all_commands(shell);
  CHECK(all.size() >= 13);
  for (const Command& command : all) {
    CAPTURE(command.name);
    CHECK(!command.options.empty());
    const Words offered = completed(shell, words_of(command.name, "-"));
    for (const std::string& option : command.options) CHECK_MESSAGE(offered.count(option) == 1, option);
    if (command.commands.empty()) continue;
    const Words below = completed(shell, words_of(command.name, ""));
    for (const std::string& each : command.commands) CHECK_MESSAGE(below.count(each) == 1, each);
  }
}

TEST_CASE("bash completes what options and commands take") {
  const Shell shell;
  shell.write("cita.bash", shell.run("completions bash").out);
  shell.write("report one.yaml", "");
  CHECK(completed(shell, {"cita", "rend"}) == Words{"render"});
  CHECK(completed(shell, {"cita", "render", "--rep"}) == Words{"--report"});
  CHECK(completed(shell, {"cita", "render", "--report", "re"}) == Words{"revocation-progress", "reviewer"});
  CHECK(completed(shell, {"cita", "render", "--report", "=", "clo"}) == Words{"closure"});
  CHECK(completed(shell, {"cita", "render", "--report", "="}).size() == 7);
  CHECK(completed(shell, {"cita", "render", "--template", "3."}) == Words{"3.0", "3.1", "3.2"});
  CHECK(completed(shell, {"cita", "check", "--format", "js"}) == Words{"json", "json-v1"});
  CHECK(completed(shell, {"cita", "check", "rep"}) == Words{"report one.yaml"});
  CHECK(completed(shell, {"cita", "check", "--output", "rep"}) == Words{"report one.yaml"});
  CHECK(completed(shell, {"cita", "check", "--as-of", ""}).empty());
  CHECK(completed(shell, {"cita", "completions", "b"}) == Words{"bash"});
  CHECK(completed(shell, {"cita", "rules", "diff", "--dig"}) == Words{"--digest"});
  CHECK(completed(shell, {"cita", "pack", "n"}) == Words{"new"});
}

TEST_CASE("the completions of other shells have every command and every option") {
  const Shell shell;
  const std::string zsh = shell.run("completions zsh").out, fish = shell.run("completions fish").out;
  CHECK(zsh.starts_with("#compdef cita\n"));
  for (const Command& command : all_commands(shell)) {
    CAPTURE(command.name);
    std::string function = joined(command.name);
    std::replace(function.begin(), function.end(), '-', '_');
    const std::size_t begin = zsh.find("_" + function + "() {\n");
    REQUIRE(begin != std::string::npos);
    const std::string body = zsh.substr(begin, zsh.find("\n}\n", begin) - begin);
    for (const std::string& each : command.options) CHECK_MESSAGE(has(body, each + "["), each);
    for (const std::string& each : command.commands) CHECK_MESSAGE(has(body, "'" + each + ":"), each);
    const std::string start = "complete -c cita -n 'test (__cita_command) = \"" + command.name + "\"'";
    for (const std::string& line : command.options) {
      const std::string flag = line.starts_with("--") ? " -l " + line.substr(2) + " " : " -s " + line.substr(1) + " ";
      const auto all = lines(fish);
      CHECK_MESSAGE(std::any_of(all.begin(), all.end(),
                                [&](const std::string& each) { return each.starts_with(start) && has(each, flag); }),
                    line);
    }
    for (const std::string& each : command.commands) CHECK_MESSAGE(has(fish, start + " -a " + each + " "), each);
  }
  CHECK(has(zsh, ":KIND:(preliminary full update revocation-progress audit closure reviewer)"));
  CHECK(has(fish, "-l report -x -a 'preliminary full update revocation-progress audit closure reviewer' -d 'Which report'"));
  if (shell.execute("sh -c 'command -v zsh'").code == 0) {
    shell.write("_cita", zsh);
    CHECK(shell.execute("zsh -n _cita").code == 0);
  }
  if (shell.execute("sh -c 'command -v fish'").code == 0) {
    shell.write("cita.fish", fish);
    CHECK(shell.execute("fish -n cita.fish").code == 0);
  }
}

TEST_CASE("every command has a manual page with all its options") {
  const Shell shell;
  REQUIRE(shell.run("man --folder pages").code == 0);
  std::size_t pages = 0;
  for ([[maybe_unused]] const auto& each : fs::directory_iterator(shell.folder() / "pages")) ++pages;
  const auto all = all_commands(shell);
  CHECK(pages == all.size());
  const bool can_show = shell.execute("sh -c 'command -v groff'").code == 0;
  for (const Command& command : all) {
    CAPTURE(command.name);
    const std::string file = "pages/" + joined(command.name) + ".1";
    const std::string page = shell.read(file);
    CHECK(page == shell.run("man " + (command.name.size() > 5 ? command.name.substr(5) : "")).out);
    CHECK(page.starts_with(".TH "));
    for (const std::string_view section : {".SH NAME\n", ".SH SYNOPSIS\n", ".SH DESCRIPTION\n", ".SH OPTIONS\n"})
      CHECK(has(page, std::string(section)));
    std::string text = page;
    for (std::size_t at = 0; (at = text.find("\\-", at)) != std::string::npos;) text.erase(at, 1);
    for (const std::string& each : command.options) CHECK_MESSAGE(has(text, "\\fB" + each + "\\fR"), each);
    for (const std::string& each : command.commands) CHECK_MESSAGE(has(text, "\\fB" + command.name + " " + each + "\\fR"), each);
    CHECK(std::all_of(page.begin(), page.end(), [](char c) { return c == '\n' || (c >= ' ' && c <= '~'); }));
    // What groff complains about goes to standard error, and the page itself nowhere.
    if (can_show) CHECK(shell.execute("sh -c 'groff -man -ww -Tutf8 " + file + " 2>&1 >/dev/null'").out == "");
  }
}

TEST_CASE("a page has all exit codes, however long their line is, and a command that need not be there in brackets") {
  const Shell shell;
  const std::string page = shell.run("man certs").out;
  const std::size_t begin = page.find(".SH EXIT STATUS\n"), end = page.find(".SH ", begin + 1);
  CHECK(page.substr(begin, end - begin) ==
        ".SH EXIT STATUS\n0 nothing found, though certificates may be undetermined; 1 late or unrevoked certificates, faults, "
        "duplicates,\ndisagreements or figures that differ; 2 what cannot be read, or not to its end; 3 no rows, and nothing "
        "found.\n");
  CHECK(page.find("\\fBcita certs\\fR [\\fIOPTION\\fR\\&...] [\\fICOMMAND\\fR] [\\fILIST\\fR\\&...]\n") != std::string::npos);
  CHECK(page.find(".PP") == std::string::npos);
  CHECK(shell.run("man pack").out.find("] \\fICOMMAND\\fR") != std::string::npos);
  const std::string merge = shell.run("man certs merge").out;
  CHECK(merge.find(".SH EXIT STATUS\nas those of") != std::string::npos);
  const std::string bash = shell.run("completions bash").out;
  for (const std::string option : {"--crl", "--issuer", "--ocsp", "--piece-of"})
    CHECK_MESSAGE(bash.find("'cita certs " + option + "') _cita_files; return") != std::string::npos, option);
}

TEST_CASE("a page that is not there, and a shell that is not known") {
  const Shell shell;
  const Ran page = shell.run("man pack nwe");
  CHECK(page.code == 2);
  CHECK(has(page.out, "did you mean 'new'?"));
  CHECK(shell.run("completions csh").code == 2);
  CHECK(shell.run("completions").code == 2);
}
