// A list of certificates: neither where its text is cut into blocks nor the way it is scanned changes the answer.
#include "../evidence/in_blocks.hpp"
#include "fuzz.hpp"

using namespace cita;
using namespace cita::evidence;

namespace {

const Instant as_of = *instant_of(2026, 5, 1, 0, 0, 0);

bool equal(const ListRow& a, const ListRow& b) {
  return a.line == b.line && a.hash_at == b.hash_at && a.digest == b.digest && a.has_precertificate == b.has_precertificate &&
         a.has_certificate == b.has_certificate && a.serial == b.serial && a.not_before == b.not_before &&
         a.not_after == b.not_after && a.revocation_date == b.revocation_date && a.claim == b.claim && a.reason == b.reason;
}

void require_equal(const made::BlockReading& a, const made::BlockReading& b) {
  fuzz::require(a.end.lines == b.end.lines && a.end.rows == b.end.rows, "as many lines and rows are read");
  fuzz::require(a.end.unreadable == b.end.unreadable, "as many rows are unreadable");
  fuzz::require(std::equal(a.rows.begin(), a.rows.end(), b.rows.begin(), b.rows.end(), equal), "the rows say the same");
  fuzz::require(a.faults.kept() == b.faults.kept() && a.faults.total() == b.faults.total(), "the same faults are found");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::bytes_of(data, size);
  const ListContext context{size % 3 == 0 ? "UTC" : "", as_of};
  const made::BlockReading whole = made::read_in_blocks(text, std::size_t{1} << 19U, context);
  fuzz::require(whole.rows.size() + whole.end.unreadable == whole.end.rows, "a row is read or counted as unreadable");
  // The cuts move with the text, so that each of them meets each place of a row sooner or later.
  const std::size_t moving = size > 0 ? 1 + data[size / 2] : 1;
  for (const std::size_t block : {std::size_t{1}, moving, std::size_t{64}})
    require_equal(made::read_in_blocks(text, block, context), whole);
  for (const ScanWay way : {ScanWay::scalar, ScanWay::sse2, ScanWay::avx2})
    if (can_scan(way)) require_equal(made::read_in_blocks(text, std::size_t{1} << 19U, context, way), whole);
  return 0;
}
