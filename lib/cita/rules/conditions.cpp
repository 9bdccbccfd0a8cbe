#include <cita/rules/engine.hpp>

namespace cita {

namespace {

Truth holds(Attribute attribute, std::string_view value, const Incident& incident, const Subject& subject) {
  switch (attribute) {
    case Attribute::certificates: return incident.certificates ? truth(name_of(*incident.certificates) == value) : Truth::unknown;
    case Attribute::certificate_kind: return truth(name_of(certificate_kind(incident, subject)) == value);
    case Attribute::disclosure: return incident.disclosure_stated ? truth(name_of(incident.disclosure) == value) : Truth::unknown;
    case Attribute::whiteboard: return truth(incident.revocation_delay);
  }
  return Truth::unknown;
}

}  // namespace

Truth holds(const Condition& condition, const Incident& incident, const Subject& subject) {
  switch (condition.kind) {
    case ConditionKind::always: return Truth::yes;
    case ConditionKind::negation: return !holds(condition.of.front(), incident, subject);
    case ConditionKind::all: {
      Truth all = Truth::yes;
      for (const Condition& each : condition.of) all = all & holds(each, incident, subject);
      return all;
    }
    case ConditionKind::any: {
      Truth any = Truth::no;
      for (const Condition& each : condition.of) any = any | holds(each, incident, subject);
      return any;
    }
    case ConditionKind::attribute: return holds(condition.attribute, condition.value, incident, subject);
  }
  return Truth::unknown;
}

}  // namespace cita
