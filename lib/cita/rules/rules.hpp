// The built-in rules, declared from rules.def.
#pragma once

#include <cita/rules/rule.hpp>

namespace cita {

#define RULE(function) const Rule& function();
#include <cita/rules/rules.def>
#undef RULE

}  // namespace cita
