// Enumerates the views that matter for one duty and one subject, and says what the standing depends on.
#pragma once

#include <cita/reconcile/judgement.hpp>

namespace cita {

/// Judges under every account, reading and stamp; nothing when the duty is not raised under any.
std::optional<Judgement> judge_all_views(const Engine& engine, const Duty& duty, const Pack& pack, const Subject& subject);

}  // namespace cita
