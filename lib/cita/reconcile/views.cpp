#include <cita/reconcile/views.hpp>

#include <algorithm>
#include <list>
#include <set>

namespace cita {

namespace {

constexpr std::size_t most_views = 512;

// One thing to choose: an account, an option of a reading, or how to read a contradictory stamp.
struct Dimension {
  enum class Kind : std::uint8_t { account, reading, stamp };
  Kind kind = Kind::account;
  std::vector<int> accounts;
  const Reading* reading = nullptr;
  std::vector<const ReadingOption*> options;
  int event = none, telling = 0, alternatives = 0;

  int size() const {
    switch (kind) {
      case Kind::account: return static_cast<int>(accounts.size());
      case Kind::reading: return static_cast<int>(options.size());
      case Kind::stamp: return alternatives + 1;
    }
    return 1;
  }
};

using Coordinates = std::vector<int>;

struct Point {
  Coordinates at;
  View view;
  std::optional<Verdict> verdict;
};

bool contains(std::span<const EventKind> kinds, EventKind kind) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

// How a verdict comes out, as a word that "only if" can follow.
std::string_view outcome(Applicability applicability, Standing standing) {
  switch (applicability) {
    case Applicability::not_in_force: return "not in force";
    case Applicability::not_applicable: return "not applicable";
    case Applicability::undetermined: return name(Standing::undetermined);
    case Applicability::applies: break;
  }
  return name(standing);
}
std::string_view outcome(const Verdict& verdict) { return outcome(verdict.applicability, verdict.standing); }

bool is_same_outcome(const std::optional<Verdict>& a, const std::optional<Verdict>& b) {
  if (a.has_value() != b.has_value()) return false;
  if (!a) return true;
  return a->applicability == b->applicability && a->standing == b->standing && a->margin == b->margin &&
         a->edition == b->edition && a->missing == b->missing;
}

class Enumeration {
 public:
  Enumeration(const Engine& engine, const Duty& duty, const Pack& pack, const Subject& subject)
      : engine_(engine), incident_(engine.incident()), duty_(duty), pack_(pack), subject_(subject) {}

  std::optional<Judgement> run() {
    add_readings();
    const Consulted consulted = probe();
    add_accounts(consulted);
    add_stamps(consulted.events);
    judge_points();
    check_left_out();
    drop_idle_dimensions();
    if (std::none_of(points_.begin(), points_.end(), [](const Point& p) { return p.verdict.has_value(); })) return std::nullopt;
    return judgement();
  }

 private:
  bool occurs(EventKind kind) const {
    return std::any_of(incident_.events.begin(), incident_.events.end(),
                       [kind](const Event& event) { return event.kind == kind; });
  }

  // A preliminary report without a finding is a holding reply.
  bool is_told(EventKind kind) const {
    const auto is_holding_reply = [](const Event& event) {
      return event.kind == EventKind::preliminary_report && !event.findings;
    };
    return occurs(kind) ||
           (kind == EventKind::holding_reply && std::any_of(incident_.events.begin(), incident_.events.end(), is_holding_reply));
  }

  // An option is worth judging when the file tells of something that only it would count, or that it would not count as
  // the end.
  bool matters(const Reading& reading, const ReadingOption& option) const {
    bool names_kinds = false;
    for (const Selector* selector : {&duty_.trigger, &duty_.discharge, &duty_.stop})
      for (const OptionKinds& with : selector->by_option) {
        if (with.reading != reading.id || with.option != option.id) continue;
        names_kinds = true;
        const auto adds = [&](EventKind kind) { return is_told(kind) && !contains(selector->kinds, kind); };
        const auto leaves_out = [&](EventKind kind) { return is_told(kind) && !contains(with.kinds, kind); };
        if (std::any_of(with.kinds.begin(), with.kinds.end(), adds)) return true;
        if (selector == &duty_.discharge && std::any_of(selector->kinds.begin(), selector->kinds.end(), leaves_out)) return true;
      }
    if (names_kinds) return false;
    // Readings about who did something or what became of it name no kinds.
    return std::any_of(incident_.events.begin(), incident_.events.end(),
                       [](const Event& event) { return event.withdraws != none || event.by; });
  }

  void add_readings() {
    for (const std::string_view id : duty_.readings) {
      const Reading* reading = pack_.reading(id);
      if (reading == nullptr || reading->fixed) continue;
      Dimension dimension;
      dimension.kind = Dimension::Kind::reading;
      dimension.reading = reading;
      // What the profile takes first stands first.
      const ReadingOption& preferred = reading->option_for(engine_.profile());
      if (!preferred.is_default && matters(*reading, preferred)) dimension.options.push_back(&preferred);
      dimension.options.push_back(&reading->default_option());
      for (const ReadingOption& option : reading->options)
        if (!option.is_default && &option != dimension.options.front() && matters(*reading, option))
          dimension.options.push_back(&option);
      if (dimension.options.size() > 1) dimensions_.push_back(std::move(dimension));
    }
  }

  // The verdict under a view. Most views that are judged in the end have been probed before, and to believe an account
  // that has nothing else to say is to believe nobody in particular.
  Judged& judged(const View& view) {
    for (auto& [known, result] : judged_) {
      const bool is_account =
          known.account == view.account || (known.account == none && !result.consulted.other_accounts.contains(view.account));
      if (is_account && known.options == view.options && known.forks == view.forks) return result;
    }
    return judged_.emplace_back(view, engine_.judge(duty_, pack_, subject_, view)).second;
  }

  // Looks once under each combination of readings and by each account, to learn which events matter.
  Consulted probe() {
    Consulted consulted;
    const int accounts = incident_.accounts.size() < 2 ? 0 : static_cast<int>(incident_.accounts.size());
    for_each_point([&](const Coordinates& at) {
      View view = view_at(at);
      for (view.account = none; view.account < accounts; ++view.account) consulted.insert(judged(view).consulted);
    });
    return consulted;
  }

  bool has_alternatives(int event) const {
    const auto& tellings = incident_.events[static_cast<std::size_t>(event)].tellings;
    return std::any_of(tellings.begin(), tellings.end(), [](const Telling& each) { return !each.at.stamp.alternatives.empty(); });
  }

  void add_accounts(const Consulted& consulted) {
    if (incident_.accounts.size() < 2) return;
    const bool is_forked =
        std::any_of(consulted.events.begin(), consulted.events.end(), [this](int event) { return has_alternatives(event); });
    if (consulted.other_accounts.is_empty() && !is_forked) return;
    std::set<int> tellers;
    for (const int event : consulted.events)
      for (const Telling& telling : incident_.events[static_cast<std::size_t>(event)].tellings) tellers.insert(telling.account);
    if (tellers.size() < 2) return;
    Dimension dimension;
    dimension.kind = Dimension::Kind::account;
    dimension.accounts.assign(tellers.begin(), tellers.end());
    dimensions_.push_back(std::move(dimension));
  }

  void add_stamps(const EventSet& consulted) {
    for (const int event : consulted) {
      const auto& tellings = incident_.events[static_cast<std::size_t>(event)].tellings;
      for (std::size_t i = 0; i < tellings.size(); ++i) {
        const int alternatives = static_cast<int>(tellings[i].at.stamp.alternatives.size());
        if (alternatives == 0 || tellings[i].denied) continue;
        Dimension dimension;
        dimension.kind = Dimension::Kind::stamp;
        dimension.event = event;
        dimension.telling = static_cast<int>(i);
        dimension.alternatives = alternatives;
        std::size_t views = static_cast<std::size_t>(dimension.size());
        for (const Dimension& each : dimensions_) views *= static_cast<std::size_t>(each.size());
        (views <= most_views ? dimensions_ : left_out_).push_back(std::move(dimension));
      }
    }
  }

  template <class Function>
  void for_each_point(Function function) const {
    Coordinates at(dimensions_.size(), 0);
    while (true) {
      function(at);
      std::size_t i = dimensions_.size();
      while (i > 0 && ++at[i - 1] == dimensions_[i - 1].size()) at[--i] = 0;
      if (i == 0) return;
    }
  }

  View view_at(const Coordinates& at) const {
    View view;
    for (std::size_t i = 0; i < dimensions_.size(); ++i) {
      const Dimension& dimension = dimensions_[i];
      const auto value = static_cast<std::size_t>(at[i]);
      switch (dimension.kind) {
        case Dimension::Kind::account: view.account = dimension.accounts[value]; break;
        case Dimension::Kind::reading:
          if (!dimension.options[value]->is_default)
            view.options.push_back({dimension.reading->id, dimension.options[value]->id});
          break;
        case Dimension::Kind::stamp:
          if (value > 0) view.forks.push_back({dimension.event, dimension.telling, static_cast<int>(value)});
          break;
      }
    }
    return view;
  }

  void judge_points() {
    points_.clear();
    for_each_point([&](const Coordinates& at) {
      Point point;
      point.at = at;
      point.view = view_at(at);
      Judged& result = judged(point.view);
      if (dimensions_.empty()) point.verdict = std::move(result.verdict);  // nobody else will ask for it
      else point.verdict = result.verdict;
      points_.push_back(std::move(point));
    });
  }

  // Contradictory stamps that are too many for all combinations are tried one at a time: what turns on one is open.
  void check_left_out() {
    for (Point& point : points_)
      for (const Dimension& stamp : left_out_)
        for (int alternative = 1; alternative <= stamp.alternatives && point.verdict; ++alternative) {
          View other = point.view;
          other.forks.push_back({stamp.event, stamp.telling, alternative});
          const auto verdict = engine_.judge(duty_, pack_, subject_, other).verdict;
          if (verdict && outcome(*verdict) == outcome(*point.verdict)) continue;
          point.verdict->standing = Standing::undetermined;
          point.verdict->because = "it stands otherwise under another way to read a contradictory stamp, of which there are many";
          point.verdict->would_decide = "stamps that do not contradict themselves";
        }
  }

  const Point* find(const Coordinates& at) const {
    for (const Point& point : points_)
      if (point.at == at) return &point;
    return nullptr;
  }

  // What makes no difference anywhere is no choice.
  void drop_idle_dimensions() {
    for (std::size_t i = dimensions_.size(); i-- > 0;) {
      const bool idle = std::all_of(points_.begin(), points_.end(), [&](const Point& point) {
        Coordinates first = point.at;
        first[i] = 0;
        return is_same_outcome(point.verdict, find(first)->verdict);
      });
      if (!idle) continue;
      std::erase_if(points_, [i](const Point& point) { return point.at[i] != 0; });
      const bool is_account = dimensions_[i].kind == Dimension::Kind::account;
      for (Point& point : points_) {
        point.at.erase(point.at.begin() + static_cast<std::ptrdiff_t>(i));
        if (is_account) point.view.account = none;
      }
      dimensions_.erase(dimensions_.begin() + static_cast<std::ptrdiff_t>(i));
    }
  }

  bool is_default(const Coordinates& at) const {
    for (std::size_t i = 0; i < dimensions_.size(); ++i)
      if (dimensions_[i].kind == Dimension::Kind::reading && at[i] != 0) return false;
    return true;
  }

  Belief belief(const Dimension& dimension, int value) const {
    const auto index = static_cast<std::size_t>(value);
    switch (dimension.kind) {
      case Dimension::Kind::account: {
        const int account = dimension.accounts[index];
        return {possessive(incident_, account) + " times are believed", "account",
                incident_.accounts[static_cast<std::size_t>(account)].name, false};
      }
      case Dimension::Kind::reading:
        return {std::string(dimension.options[index]->text), "reading",
                std::string(dimension.reading->id) + "=" + std::string(dimension.options[index]->id), index == 0};
      case Dimension::Kind::stamp: break;
    }
    const Event& event = incident_.events[static_cast<std::size_t>(dimension.event)];
    const Stamp& stamp = event.tellings[static_cast<std::size_t>(dimension.telling)].at.stamp;
    std::string label = index == 0 ? stamp.label : stamp.alternatives[index - 1].label;
    // Of several stamps each has to be named.
    const auto stamps = std::count_if(dimensions_.begin(), dimensions_.end(),
                                      [](const Dimension& d) { return d.kind == Dimension::Kind::stamp; });
    if (stamps > 1) {
      const int account = event.tellings[static_cast<std::size_t>(dimension.telling)].account;
      label += " in " + possessive(incident_, account) + " " + event.id;
    }
    return {std::move(label), "stamp", event.id, index == 0};
  }

  Judgement judgement() {
    Judgement result;
    result.duty = &duty_;
    result.pack = &pack_;
    result.subject = subject_;
    add_views(result);
    sum_up(result);
    add_dependences(result);
    return result;
  }

  void add_views(Judgement& result) const {
    for (const bool defaults : {true, false})
      for (const Point& point : points_) {
        if (is_default(point.at) != defaults || !point.verdict) continue;
        ViewVerdict each;
        each.view = point.view;
        each.default_readings = defaults;
        each.verdict = *point.verdict;
        for (std::size_t i = 0; i < dimensions_.size(); ++i) each.beliefs.push_back(belief(dimensions_[i], point.at[i]));
        result.views.push_back(std::move(each));
      }
  }

  // Whether the duty is raised by some accounts or stamps only, under the default readings.
  bool is_raised_by_some() const {
    return std::any_of(points_.begin(), points_.end(),
                       [this](const Point& point) { return is_default(point.at) && !point.verdict; });
  }

  // What all views under the default readings agree on.
  void sum_up(Judgement& result) const {
    const Verdict& first = result.views.front().verdict;
    const bool has_default = result.views.front().default_readings;
    result.applicability = first.applicability;
    result.standing = first.standing;
    result.margin = first.margin;
    for (const ViewVerdict& each : result.views) {
      if (each.default_readings != has_default) continue;
      if (each.verdict.applicability != result.applicability) result.applicability = Applicability::undetermined;
      if (each.verdict.standing != result.standing) result.standing = Standing::undetermined;
      const Edition* edition = each.verdict.edition;
      if (edition != nullptr && result.level && *result.level != edition->level)
        result.applicability = Applicability::undetermined;
      if (edition != nullptr && !result.level) result.level = edition->level;
      if (result.margin && each.verdict.margin)
        result.margin = Elapsed{std::min(result.margin->least, each.verdict.margin->least),
                                std::max(result.margin->most, each.verdict.margin->most)};
      else result.margin = std::nullopt;
    }
    // Raised only under a reading that is not the default, or by one of several accounts: nothing to hold against anybody.
    if ((!has_default || is_raised_by_some()) && result.applicability == Applicability::applies)
      result.applicability = Applicability::undetermined;
    if (result.applicability == Applicability::undetermined) result.standing = Standing::undetermined;
  }

  void add_dependences(Judgement& result) const {
    if (dimensions_.empty()) return;
    const std::string_view headline = outcome(result.applicability, result.standing);
    for (const std::string_view wanted : {"met", "breached", "running", "undetermined", "not in force", "not applicable"}) {
      std::vector<const Point*> with;
      for (const Point& point : points_)
        if (point.verdict && outcome(*point.verdict) == wanted) with.push_back(&point);
      if (with.empty() || wanted == headline) continue;
      const Verdict& verdict = *with.front()->verdict;
      result.depends_on.push_back({verdict.standing, alternatives(with, {}), verdict.applicability});
    }
    result.depends_text = sentence(result);
  }

  // The alternatives under which exactly these points hold, each as the beliefs that it needs: where they are not just
  // all combinations of some values, they are split by a reading first, then by account, then by stamp.
  std::vector<std::vector<Belief>> alternatives(const std::vector<const Point*>& with, const std::set<std::size_t>& fixed) const {
    std::vector<std::set<int>> values(dimensions_.size());
    for (const Point* point : with)
      for (std::size_t i = 0; i < dimensions_.size(); ++i) values[i].insert(point->at[i]);
    std::size_t combinations = 1;
    for (const auto& each : values) combinations *= each.size();
    std::size_t split = dimensions_.size();
    for (const auto kind : {Dimension::Kind::reading, Dimension::Kind::account, Dimension::Kind::stamp})
      for (std::size_t i = 0; i < dimensions_.size() && split == dimensions_.size(); ++i)
        if (dimensions_[i].kind == kind && values[i].size() > 1 && fixed.count(i) == 0) split = i;
    if (combinations == with.size() || split == dimensions_.size()) {
      std::vector<Belief> all;
      for (std::size_t i = 0; i < dimensions_.size(); ++i)
        if (static_cast<int>(values[i].size()) < dimensions_[i].size()) all.push_back(any_of(dimensions_[i], values[i]));
      return {all};
    }
    // Values of the split dimension that need the same beliefs otherwise are told together.
    std::vector<std::vector<Belief>> result;
    std::set<std::size_t> deeper = fixed;
    deeper.insert(split);
    for (const int value : values[split]) {
      std::vector<const Point*> slice;
      for (const Point* point : with)
        if (point->at[split] == value) slice.push_back(point);
      for (auto& each : alternatives(slice, deeper)) result.push_back(std::move(each));
    }
    return result;
  }

  Belief any_of(const Dimension& dimension, const std::set<int>& values) const {
    Belief any;
    if (values.size() > 1) any.text = "either ";
    bool is_first = true;
    for (const int value : values) {
      Belief one = belief(dimension, value);
      any.text += (is_first ? "" : " or ") + one.text;
      is_first = false;
      any.id += (any.id.empty() ? "" : "|") + one.id;
      any.kind = one.kind;
    }
    return any;
  }

  static std::string conjunction(const std::vector<Belief>& all) {
    std::string text;
    for (std::size_t i = 0; i < all.size(); ++i) text += (i == 0 ? "" : i + 1 == all.size() ? " and " : ", ") + all[i].text;
    return text;
  }

  std::string sentence(const Judgement& result) const {
    std::string text;
    for (const Dependence& each : result.depends_on) {
      text += (text.empty() ? "" : "; ") + std::string(outcome(each.applicability, each.standing));
      for (std::size_t i = 0; i < each.alternatives.size(); ++i)
        text += (i == 0 ? " only if " : ", or if ") + conjunction(each.alternatives[i]);
    }
    if (text.empty()) text = std::string(outcome(result.applicability, result.standing)) + " under every " + kinds_of_choice();
    return text;
  }

  std::string kinds_of_choice() const {
    std::vector<std::string> kinds;
    const auto add = [&](Dimension::Kind kind, const char* word) {
      if (std::any_of(dimensions_.begin(), dimensions_.end(), [kind](const Dimension& d) { return d.kind == kind; }))
        kinds.emplace_back(word);
    };
    add(Dimension::Kind::account, "account");
    add(Dimension::Kind::reading, "reading");
    add(Dimension::Kind::stamp, "way to read the stamps");
    std::string text;
    for (std::size_t i = 0; i < kinds.size(); ++i) text += (i == 0 ? "" : i + 1 == kinds.size() ? " and " : ", ") + kinds[i];
    return text;
  }

  const Engine& engine_;
  const Incident& incident_;
  const Duty& duty_;
  const Pack& pack_;
  const Subject& subject_;
  std::vector<Dimension> dimensions_;
  std::vector<Dimension> left_out_;  // stamps for which there are too many views
  std::vector<Point> points_;
  std::list<std::pair<View, Judged>> judged_;
};

}  // namespace

std::optional<Judgement> judge_all_views(const Engine& engine, const Duty& duty, const Pack& pack, const Subject& subject) {
  if (!engine.may_raise(duty, subject)) return std::nullopt;
  return Enumeration(engine, duty, pack, subject).run();
}

}  // namespace cita
