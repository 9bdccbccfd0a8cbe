// A record of a list that another machine read, but for its hash, which is made for it: it is refused, or taken, written again as
// it was, and answered from.
#include "certificates.hpp"
#include "fuzz.hpp"

#include <cita/evidence/partial.hpp>

using namespace cita::evidence;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string body(fuzz::bytes_of(data, size));
  fuzz::Question question;
  Summaries records({}, question.how, question.tally);
  const std::string line = body + " " + fingerprint_of(body);
  if (!records.add(line).empty()) return 0;
  const std::string written = fuzz::written(records);
  Summaries again({}, question.how, question.tally);
  fuzz::require(again.add(std::string_view(written).substr(0, written.size() - 1)).empty(), "what is written can be read");
  fuzz::require(fuzz::written(again) == written, "what is read is written as it was");
  if (!records.gaps().empty()) return 0;
  question.report.files = records.lists();
  question.answer(records.put_together());
  return 0;
}
