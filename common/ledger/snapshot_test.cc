#include "common/ledger/snapshot.h"

#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/ledger/ledger_fixture.h"
#include "gtest/gtest.h"

namespace concord::ledger {
namespace {

class SnapshotTest : public ::testing::Test {
 protected:
  SnapshotPtr Nothing() const { return std::make_shared<Snapshot>("scope", kinds_.all()); }

  // The event that the store would make of a write.
  static Event EventOf(const SnapshotPtr& before, Write& write) {
    Event event;
    event.revision = before->position().revision + 1;
    event.time = absl::FromUnixMicros(1'700'000'000'000'000 + event.revision * 1000);
    event.body = write.commit().body;
    event.raw_body = event.body.SerializeAsString();
    event.digest = ChainDigest(before->position().digest, event.revision, absl::ToUnixMicros(event.time),
                               Sha256Hex(event.raw_body));
    return event;
  }

  SnapshotPtr After(const SnapshotPtr& before, Write& write) const {
    auto after = before->After(EventOf(before, write), "epoch", stamper_);
    EXPECT_TRUE(after.ok()) << after.status();
    return after.ok() ? *after : before;
  }
  SnapshotPtr After(const SnapshotPtr& before, Write&& write) const { return After(before, write); }

  const Kinds kinds_;
  const ItemStamper stamper_;
};

TEST_F(SnapshotTest, AfterAPutHoldsTheStampedImage) {
  const SnapshotPtr empty = Nothing();
  const SnapshotPtr one = After(empty, Write(empty).Put("a", "first"));
  const SnapshotPtr two = After(one, Write(one).Put("a", "second").Put("b", "other", "", "notes"));
  EXPECT_EQ(ItemOf(*empty, "a"), nullptr);
  EXPECT_EQ(ContentOf(*one, "a"), "first");
  EXPECT_EQ(ContentOf(*two, "a"), "second");
  const Resource& resource = *two->Find("items", "a");
  EXPECT_EQ(resource.stamp.create_time, one->position().time);
  EXPECT_EQ(resource.stamp.update_time, two->position().time);
  EXPECT_EQ(static_cast<const Item&>(*resource.message).position().revision(), 2);
  EXPECT_EQ(static_cast<const Item&>(*resource.message).position().epoch(), "epoch");
  EXPECT_EQ(resource.bytes, resource.message->SerializeAsString());
  EXPECT_EQ(two->LastChange("notes"), 2);
  EXPECT_EQ(one->LastChange("notes"), 0);
}

TEST_F(SnapshotTest, AfterAnEndHoldsNeitherTheResourceNorItsUniqueValue) {
  const SnapshotPtr empty = Nothing();
  const SnapshotPtr one = After(empty, Write(empty).Put("a", "first", "code"));
  EXPECT_EQ(one->HolderOf("items", "code"), "a");
  const SnapshotPtr two = After(one, Write(one).End("a"));
  EXPECT_EQ(two->Find("items", "a"), nullptr);
  EXPECT_EQ(two->HolderOf("items", "code"), "");
  EXPECT_EQ(two->LastChange("items"), 2);
  EXPECT_TRUE(two->List("items").empty());
}

TEST_F(SnapshotTest, LetsTwoResourcesSwapAUniqueValueInOneEvent) {
  const SnapshotPtr empty = Nothing();
  const SnapshotPtr one = After(empty, Write(empty).Put("a", "", "1").Put("b", "", "2"));
  const SnapshotPtr two = After(one, Write(one).Put("a", "", "2").Put("b", "", "1"));
  EXPECT_EQ(two->HolderOf("items", "1"), "b");
  EXPECT_EQ(two->HolderOf("items", "2"), "a");
  EXPECT_EQ(one->HolderOf("items", "1"), "a");
}

TEST_F(SnapshotTest, RefusesAnEventThatDoesNotFollow) {
  const SnapshotPtr empty = Nothing();
  Write write = Write(empty).Put("a", "first");
  const Event first = EventOf(empty, write);
  const SnapshotPtr one = After(empty, write);
  EXPECT_TRUE(absl::IsDataLoss(one->After(first, "epoch", stamper_).status())) << "the same again";

  Write next = Write(one).Put("a", "second");
  const Event second = EventOf(one, next);
  EXPECT_TRUE(absl::IsDataLoss(empty->After(second, "epoch", stamper_).status())) << "a gap";
  EXPECT_TRUE(absl::IsDataLoss(one->After(second, "another epoch", stamper_).status()));
  Event forged = second;
  forged.raw_body += "x";
  EXPECT_TRUE(absl::IsDataLoss(one->After(forged, "epoch", stamper_).status()));
  EXPECT_TRUE(one->After(second, "epoch", stamper_).ok());
}

TEST_F(SnapshotTest, RefusesAnImageThatIsNotReadable) {
  const SnapshotPtr empty = Nothing();
  Write write = Write(empty).Put("a", "first");
  write.commit().body.mutable_changes(0)->set_image("\xff\xff");
  EXPECT_TRUE(absl::IsDataLoss(empty->After(EventOf(empty, write), "epoch", stamper_).status()));
}

TEST_F(SnapshotTest, PassesOverCollectionsThatItDoesNotHold) {
  const auto items_only = std::make_shared<Snapshot>("scope", std::vector<const Collection*>{&kinds_.items});
  const SnapshotPtr after = After(items_only, Write(items_only).Put("a", "", "", "notes"));
  EXPECT_EQ(after->position().revision, 1);
  EXPECT_EQ(after->Find("notes", "a"), nullptr);
  EXPECT_TRUE(after->List("notes").empty());
  EXPECT_EQ(after->LastChange("notes"), 0);
}

TEST_F(SnapshotTest, FromStateEqualsTheFold) {
  const unsigned seed = Seed();
  SCOPED_TRACE(absl::StrCat("seed ", seed));
  std::mt19937 random(seed);
  SnapshotPtr folded = Nothing();
  for (int step = 0; step < 2000; ++step) {
    const std::string collection = random() % 4 == 0 ? "notes" : "items";
    const std::string name = absl::StrCat(collection, "/", random() % 300);
    if (random() % 4 == 0) {
      if (folded->Find(collection, name) == nullptr) continue;
      folded = After(folded, Write(folded).End(name, collection));
    } else {
      folded = After(folded, Write(folded).Put(name, absl::StrCat(step), absl::StrCat("code-", step), collection));
    }
  }
  std::vector<ResourcePtr> resources;
  for (const char* collection : {"notes", "items"}) {
    folded->List(collection).ForEachFrom("", [&](const Resource& resource) {
      resources.push_back(folded->List(collection).Find(resource.name));
      return true;
    });
  }
  std::shuffle(resources.begin(), resources.end(), random);
  const SnapshotPtr loaded =
      Snapshot::FromState("scope", kinds_.all(), folded->position(), resources,
                          {{"items", folded->LastChange("items")}, {"notes", folded->LastChange("notes")}});
  EXPECT_EQ(Print(*loaded), Print(*folded));
  EXPECT_GT(loaded->List("items").size(), 100u);
}

}  // namespace
}  // namespace concord::ledger
