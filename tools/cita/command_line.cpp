#include "command_line.hpp"

#include <algorithm>
#include <sstream>

namespace cita::tool {

namespace {

// CLI11 shows what an option takes as "KIND:{a,b}", "N:INT in [1 - 4]" or "FILE".
std::vector<std::string> listed_values(const std::string& type) {
  const std::size_t open = type.find('{'), close = type.rfind('}');
  std::vector<std::string> values;
  if (open == std::string::npos || close == std::string::npos) return values;
  std::istringstream list(type.substr(open + 1, close - open - 1));
  for (std::string value; std::getline(list, value, ',');) values.push_back(value);
  return values;
}

ArgumentText describe(const CLI::Option& option) {
  ArgumentText result;
  if (option.get_positional()) result.names.push_back(option.get_name());
  for (const std::string& each : option.get_snames()) result.names.push_back("-" + each);
  for (const std::string& each : option.get_lnames()) result.names.push_back("--" + each);
  const bool is_flag = option.get_items_expected_max() == 0;
  const std::string type = option.get_type_name();
  if (option.get_positional()) result.value = option.get_name();
  else if (!is_flag) result.value = type.substr(0, type.find(':'));
  result.values = listed_values(type);
  result.otherwise = is_flag ? std::string() : option.get_default_str();
  result.help = option.get_description();
  result.is_required = option.get_required();
  result.is_repeatable = !is_flag && option.get_items_expected_max() > 1;
  return result;
}

void add_arguments(const CLI::App& app, CommandText& command) {
  for (const CLI::Option* each : app.get_options(nullptr))
    (each->get_positional() ? command.positionals : command.options).push_back(describe(*each));
}

bool has(const std::vector<ArgumentText>& all, const ArgumentText& one) {
  return std::any_of(all.begin(), all.end(), [&](const ArgumentText& each) { return each.names == one.names; });
}

// What falls through to the command above can be written here as well.
CommandText describe(const CLI::App& app, const CommandText* above) {
  CommandText result;
  result.name = (above == nullptr ? "" : above->name + " ") + app.get_name();
  result.summary = app.get_description();
  result.notes = app.get_footer();
  result.needs_command = app.get_require_subcommand_min() > 0;
  add_arguments(app, result);
  if (app.get_fallthrough() && above != nullptr)
    for (const ArgumentText& each : above->options)
      if (!has(result.options, each)) result.options.push_back(each);
  for (const CLI::App* each : app.get_subcommands(nullptr)) result.commands.push_back(describe(*each, &result));
  return result;
}

}  // namespace

bool ArgumentText::takes_file() const {
  constexpr std::string_view files[] = {"FOLDER", "CERT", "LIST", "RECORD", "RECORDS", "REPORT", "OLD", "NEW", "BUNDLE"};
  return value.find("FILE") != std::string::npos || std::find(std::begin(files), std::end(files), value) != std::end(files);
}

std::string CommandText::joined(char between) const {
  std::string result = name;
  std::replace(result.begin(), result.end(), ' ', between);
  return result;
}

CommandText whole_command_line(const CLI::App& app) {
  const CLI::App* top = &app;
  while (top->get_parent() != nullptr) top = top->get_parent();
  return describe(*top, nullptr);
}

}  // namespace cita::tool
