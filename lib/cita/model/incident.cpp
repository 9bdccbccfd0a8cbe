#include <cita/model/incident.hpp>

#include <algorithm>

namespace cita {

namespace {

Actor teller(AccountKind kind) {
  switch (kind) {
    case AccountKind::ca: return Actor::ca;
    case AccountKind::reporter: return Actor::reporter;
    case AccountKind::subscriber: return Actor::subscriber;
    case AccountKind::root_program: return Actor::root_program;
    case AccountKind::auditor: return Actor::auditor;
    default: return Actor::other;
  }
}

}  // namespace

bool Account::is_complete_for(EventKind event) const {
  switch (complete.what) {
    case Completeness::What::nothing: return false;
    case Completeness::What::listed:
      return std::find(complete.kinds.begin(), complete.kinds.end(), event) != complete.kinds.end();
    case Completeness::What::own_acts: break;
  }
  const Actor own = teller(kind);
  return own != Actor::other && actor(event) == own;
}

std::optional<std::int64_t> CertificateSet::total() const {
  if (count) return count;
  if (listed.empty()) return std::nullopt;
  return static_cast<std::int64_t>(listed.size());
}

}  // namespace cita
