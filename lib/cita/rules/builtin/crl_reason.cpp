// The CRLReason in the CRL is the one that the document maps the reason to revoke to (TLS BR 4.9.1.1, since 1.8.7).
#include <cita/rules/rules.hpp>

#include <algorithm>

namespace cita {

namespace {

CrlReason reason_of(const Scene& scene, const Told& told) {
  return *scene.incident().events[static_cast<std::size_t>(told.event)].reason;
}

std::string required(CrlReason reason) {
  return reason == CrlReason::unspecified ? "no reasonCode extension" : "CRLReason " + std::string(name_of(reason));
}

// The revocations whose CRLReason somebody tells.
std::vector<Told> stated(Scene& scene, const Subject& subject) {
  std::vector<Told> all = scene.occurrences(revocation_kinds, subject);
  std::erase_if(all, [&scene](const Told& told) {
    return !scene.incident().events[static_cast<std::size_t>(told.event)].reason || scene.is_withdrawn(told) == Truth::yes;
  });
  return all;
}

const Reason* expected(const Duty& duty, const Pack& pack, const Ground* ground) {
  const ReasonTable* table = pack.reason_table(duty.reason_table);
  const Reason* reason = table == nullptr || ground == nullptr ? nullptr : table->find(ground->reason);
  return reason != nullptr && reason->crl_reason ? reason : nullptr;
}

// Another reason that somebody asserts for the same certificates, and that the listed CRLReason belongs to.
const Ground* other_ground(const Duty& duty, const Pack& pack, const Scene& scene, const Subject& subject, CrlReason listed) {
  const auto& own = certificates_of(scene.incident(), subject).grounds;
  const auto& grounds = own.empty() ? scene.incident().certificate_set.grounds : own;
  for (const Ground& ground : grounds) {
    const Reason* reason = expected(duty, pack, &ground);
    if (&ground != subject.ground && reason != nullptr && *reason->crl_reason == listed) return &ground;
  }
  return nullptr;
}

class CrlReasonRule final : public Rule {
 public:
  std::string_view name() const override { return "crl-reason"; }

  bool raised(const Duty& duty, const Pack& pack, Scene& scene, const Subject& subject) const override {
    return expected(duty, pack, subject.ground) != nullptr && !stated(scene, subject).empty();
  }

  void judge(const Duty& duty, const Pack& pack, Scene& scene, Verdict& verdict) const override {
    const std::vector<Told> all = stated(scene, verdict.subject);
    const Told revoked = *first_of(all);
    verdict.trigger = End{revoked, "revocation"};
    verdict.version = pack.version_at(revoked.moment.earliest());
    if (!set_edition(duty, revoked.moment, verdict)) return;
    const CrlReason listed = reason_of(scene, all.front());
    verdict.discharge = End{revoked, "CRLReason " + std::string(name_of(listed))};
    verdict.would_have_met = required(*expected(duty, pack, verdict.subject.ground)->crl_reason);
    if (std::any_of(all.begin(), all.end(), [&](const Told& told) { return reason_of(scene, told) != listed; }))
      leave_open(verdict, "the CRLReasons that are told differ", "which CRLReason stands in the CRL");
    else if (std::any_of(all.begin(), all.end(), [&](const Told& told) { return scene.is_withdrawn(told) != Truth::no; }))
      leave_open(verdict, "whether the revocation was withdrawn is not certain", "whether it was withdrawn");
    else compare(duty, pack, scene, listed, verdict);
  }

 private:
  // Whether the duty was in force, as far as the bounds of the revocation tell.
  static bool set_edition(const Duty& duty, const Moment& revoked, Verdict& verdict) {
    Truth any = Truth::no;
    for (const Edition& edition : duty.editions) {
      const Truth in_force = edition.in_force.contains(revoked);
      any = any | in_force;
      if (in_force != Truth::no && verdict.edition == nullptr) verdict.edition = &edition;
    }
    if (verdict.edition == nullptr) {
      verdict.applicability = Applicability::not_in_force;
      verdict.applicability_because = "no CRLReason was required then";
    } else if (any == Truth::unknown && revoked.earliest() < duty.editions.front().in_force.from) {
      verdict.applicability = Applicability::undetermined;
      verdict.applicability_because = "the revocation straddles the date from which a CRLReason was required";
      leave_open(verdict, verdict.applicability_because, "a narrower time of the revocation");
      return false;
    }
    if (verdict.edition != nullptr) verdict.advisory = is_weak(verdict.edition->confidence);
    return verdict.edition != nullptr;
  }

  static void leave_open(Verdict& verdict, std::string because, std::string would_decide) {
    verdict.standing = Standing::undetermined;
    verdict.because = std::move(because);
    verdict.would_decide = std::move(would_decide);
  }

  static void compare(const Duty& duty, const Pack& pack, const Scene& scene, CrlReason listed, Verdict& verdict) {
    const Ground& ground = *verdict.subject.ground;
    const Reason& reason = *expected(duty, pack, &ground);
    if (listed == *reason.crl_reason) {
      verdict.standing = Standing::met;
    } else if (const Ground* other = other_ground(duty, pack, scene, verdict.subject, listed)) {
      leave_open(verdict,
                 "it may have been revoked for '" + other->reason + "', which " + std::string(name_of(listed)) + " belongs to",
                 "for which reason it was revoked");
      return;
    } else if (ground.contested) {
      leave_open(verdict, "it is contested whether the reason '" + ground.reason + "' was given",
                 "for which reason it was revoked");
      return;
    } else {
      verdict.standing = Standing::breached;
    }
    verdict.because = "the reason '" + std::string(reason.key) + "' requires " + required(*reason.crl_reason) +
                      "; the revocation has " + std::string(name_of(listed));
  }
};

}  // namespace

const Rule& crl_reason() {
  static const CrlReasonRule instance;
  return instance;
}

}  // namespace cita
