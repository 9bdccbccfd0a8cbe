#include <cita/rules/rules.hpp>

namespace cita {

const Rule* built_in_rule(std::string_view wanted) {
  static const Rule* const all[] = {
#define RULE(function) &function(),
#include <cita/rules/rules.def>
#undef RULE
  };
  for (const Rule* each : all)
    if (each->name() == wanted) return each;
  return nullptr;
}

}  // namespace cita
