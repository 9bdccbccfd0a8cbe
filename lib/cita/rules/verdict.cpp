#include <cita/rules/verdict.hpp>

namespace cita {

std::string_view name(Standing standing) {
  switch (standing) {
    case Standing::met: return "met";
    case Standing::breached: return "breached";
    case Standing::running: return "running";
    case Standing::undetermined: return "undetermined";
  }
  return "undetermined";
}

std::string_view name(Applicability applicability) {
  switch (applicability) {
    case Applicability::applies: return "applies";
    case Applicability::not_in_force: return "not_in_force";
    case Applicability::not_applicable: return "not_applicable";
    case Applicability::undetermined: return "undetermined";
  }
  return "undetermined";
}

}  // namespace cita
