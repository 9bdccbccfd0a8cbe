// The pipeline that the other tests look through is Bugzilla's: 102 comments, and what a server made of them.
#include "bugzilla.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <fstream>
#include <map>

TEST_CASE("our pipeline shows what the server shows") {
  const std::map<std::string, std::string> known = {
      {"mdoff", "a comment that begins with #[markdown(off)] is not Markdown at all; no report begins so"},
      {"buglinks", "the server adds the word [details] to the link of an attachment"},
  };
  std::ifstream in(CITA_SOURCE_DIR "/tests/data/markdown-render.json");
  const nlohmann::json pairs = nlohmann::json::parse(in);
  REQUIRE(pairs.size() == 102);
  for (const auto& item : pairs.items()) {
    const std::string name = item.key();
    const nlohmann::json& pair = item.value();
    CAPTURE(name);
    const std::string ours = bugzilla::outline(bugzilla::show(pair["markdown"].get<std::string>()));
    const std::string theirs = bugzilla::outline(bugzilla::parse(pair["bugzilla_html"].get<std::string>()));
    if (known.count(name) > 0) CHECK(ours != theirs);
    else CHECK(ours == theirs);
  }
}
