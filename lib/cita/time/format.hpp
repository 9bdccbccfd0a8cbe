// How times and amounts of time are shown.
//
//   show(instant)                → "2020-02-26 00:48:11 UTC"
//   show(moment)                 → "2020-02-26 00:48 UTC", "2020-02-26 00:48:11…00:48:24 UTC", "not after 2020-03-06 19:54:59
//   UTC" show_amount(seconds)         → "8 d 18 h 33 min 36 s"
#pragma once

#include <cita/time/moment.hpp>

#include <string>

namespace cita {

/// RFC 3339 in UTC: "2020-02-26T00:48:11Z".
std::string rfc3339(Instant instant);
/// "2020-02-26 00:48:11 UTC".
std::string show(Instant instant);
/// As short as it says everything: whole minutes, hours, days and months are shown as such.
std::string show(const Moment& moment);
/// An amount without its sign: "8 d 18 h 33 min 36 s", "0 s". Parts that are nothing are left out.
std::string show_amount(Seconds amount);
/// How much is left or how late it is, nearest to being met first: "23 h to spare … 8 d late", "at least 2 h 43 min late".
std::string show_margin(const Elapsed& margin);
/// "2020-02-26".
std::string show_date(Instant instant);
/// The same; of an open end what stands for it: "always", "now".
std::string show_date_or(Instant instant, std::string_view otherwise);

}  // namespace cita
