// How far a revocation has come, by the words of a post.
#include <cita/input/revocation_counts.hpp>

#include <doctest/doctest.h>

#include <string>

using namespace cita;

namespace {

std::string count(const std::string& text) {
  const Source source("comment", text);
  const auto found = find_revocation_count(source);
  return found ? std::to_string(found->done) + "/" + std::to_string(found->of) : "none";
}

}  // namespace

TEST_CASE("a count stands in a line that speaks of revocation") {
  CHECK(count("We have revoked 1,203 of 4,000 certificates.") == "1203/4000");
  CHECK(count("12 out of the 14 were revoked.") == "12/14");
  CHECK(count("Revocation: 840 certificates of 2'098.") == "840/2098");
  CHECK(count("0 of 5 revoked, then\n5 of 5 revoked") == "5/5");
}

TEST_CASE("what is not done, remains to be done or is to come is no count") {
  CHECK(count("We have not revoked 4 of 5 certificates.") == "none");
  CHECK(count("By tomorrow 5 of 5 certificates will be revoked.") == "none");
  CHECK(count("4 of 5 certificates remain to be revoked.") == "none");
  CHECK(count("5 of 5 certificates shall be revoked.") == "none");
  CHECK(count("5 of 5 certificates must be revoked.") == "none");
  CHECK(count("5 of 5 certificates are scheduled for revocation.") == "none");
  CHECK(count("We need to get 5 of 5 certificates revoked.") == "none");
  CHECK(count("We revoked 4 of 5 certificates; the last will be revoked tomorrow.") == "4/5");
  CHECK(count("We revoked 1,200 of 4,000 certificates, and expect to be done tomorrow.") == "1200/4000");
}

TEST_CASE("a count of another time than the post's is told so") {
  const auto is_other = [](const std::string& text) {
    const Source source("comment", text);
    const auto found = find_revocation_count(source);
    REQUIRE(found);
    CHECK(found->done == 3);
    return found->is_of_another_day;
  };
  for (const char* each : {"As of 2026-05-05, 3 of 5 certificates were revoked.", "On Friday 3 of 5 certificates were revoked.",
                           "3 of 5 certificates had been revoked (by 5 May).", "We revoked 3 of 5 certificates before the 9th.",
                           "At 10:15 UTC 3 of 5 certificates were revoked.", "We had revoked 3 of 5 certificates yesterday."})
    CHECK_MESSAGE(is_other(each), each);
  CHECK(!is_other("As of today, 3 of 5 certificates are revoked."));
  CHECK(!is_other("As of now, 3 of 5 certificates are revoked."));
  CHECK(!is_other("We learned of it on 2026-05-04. 3 of 5 certificates are revoked. The rest is due on Friday."));
}

TEST_CASE("what is no count counts nothing") {
  for (const char* each :
       {"We have checked 10 of 20 certificates.", "> we revoked 10 of 20", "revoked on 3 of May", "revoked 20 of 10 certificates",
        "revoked in 2026-05-1 of 20", "revoked 1 of 1", "revoked at 10:15 of 20 certificates", "revoked all", "",
        "1.5 of 20 revoked", "revoked 999999999999999 of 9999999999999999"})
    CHECK_MESSAGE(count(each) == "none", each);
}
