//! Entities: each rule with an example and a counterexample, on sentences written for the purpose.

use glagol::document::{Document, EntityType, IdSource, Sex};
use glagol::pipeline::{Pipeline, Scratch};
use std::sync::LazyLock;

static GLAGOL: LazyLock<Pipeline> = LazyLock::new(|| Pipeline::new().expect("loads"));

fn mentions(doc: &Document, kind: EntityType) -> Vec<&str> {
    doc.mentions
        .iter()
        .filter(|m| m.kind == kind)
        .map(|m| m.span.slice(&doc.text))
        .collect()
}

/// Name of the entity that the first mention written as `text` belongs to.
fn name_of<'a>(doc: &'a Document, text: &str) -> Option<&'a str> {
    let mention = doc
        .mentions
        .iter()
        .find(|m| m.span.slice(&doc.text) == text)?;
    Some(&doc.entities[mention.entity? as usize].name)
}

fn id_of<'a>(doc: &'a Document, text: &str) -> Option<&'a str> {
    let mention = doc
        .mentions
        .iter()
        .find(|m| m.span.slice(&doc.text) == text)?;
    Some(&doc.entities[mention.entity? as usize].id)
}

const PER: EntityType = EntityType::Person;
const ORG: EntityType = EntityType::Organisation;
const LOC: EntityType = EntityType::Place;
const POS: EntityType = EntityType::Position;

#[test]
fn dictionary_names_are_found_in_every_case_form() {
    let doc = GLAGOL.process(
        "Переговоры о вступлении в ЕАЭС шли два года. Евразийскому экономическому союзу нужны рынки, говорят в Ташкенте.",
    );
    assert_eq!(
        mentions(&doc, ORG),
        ["ЕАЭС", "Евразийскому экономическому союзу"]
    );
    assert_eq!(mentions(&doc, LOC), ["Ташкенте"]);
    assert_eq!(id_of(&doc, "ЕАЭС"), Some("eaeu"));
    assert_eq!(
        id_of(&doc, "Евразийскому экономическому союзу"),
        Some("eaeu")
    );
    assert_eq!(
        name_of(&doc, "ЕАЭС"),
        Some("Евразийский экономический союз")
    );
}

#[test]
fn an_entity_has_one_id_in_both_languages() {
    let ru = GLAGOL.process("Генсек ООН прибыл в Казахстан. Его принял Касым-Жомарт Токаев.");
    let en = GLAGOL
        .process("The UN chief arrived in Kazakhstan. He was received by Kassym-Jomart Tokayev.");
    assert_eq!(id_of(&ru, "Казахстан"), id_of(&en, "Kazakhstan"));
    assert_eq!(
        id_of(&ru, "Касым-Жомарт Токаев"),
        id_of(&en, "Kassym-Jomart Tokayev")
    );
    assert_eq!(id_of(&ru, "ООН"), id_of(&en, "UN"));
}

#[test]
fn adjectives_of_places_are_no_mentions() {
    let doc = GLAGOL.process("Белорусские и казахстанские тракторы проходят испытания на полях.");
    assert_eq!(mentions(&doc, LOC), [""; 0]);
    let doc = GLAGOL.process("Испытания идут в Беларуси.");
    assert_eq!(mentions(&doc, LOC), ["Беларуси"]);
}

#[test]
fn parts_of_a_name_belong_to_the_full_name() {
    let doc = GLAGOL.process(
        "На заводе побывал Аркадий Семёнович Брусникин. По словам Брусникина, цех готов. А. Брусникин поблагодарил рабочих.",
    );
    let full = "Аркадий Семёнович Брусникин";
    assert_eq!(name_of(&doc, full), Some(full));
    assert_eq!(name_of(&doc, "Брусникина"), Some(full));
    assert_eq!(name_of(&doc, "А. Брусникин"), Some(full));
    let entity = doc
        .entities
        .iter()
        .find(|e| e.kind == PER)
        .expect("a person");
    assert_eq!(entity.sex, Some(Sex::Male));
    assert_eq!(entity.id_source, IdSource::Name);
    assert_eq!(
        entity.name_en.as_deref().map(|n| n.contains("Brusnikin")),
        Some(true)
    );
}

#[test]
fn names_come_into_the_nominative() {
    let doc = GLAGOL.process("Премию вручили Ольге Ветровой и Тимуру Жакупову.");
    assert_eq!(name_of(&doc, "Ольге Ветровой"), Some("Ольга Ветрова"));
    assert_eq!(name_of(&doc, "Тимуру Жакупову"), Some("Тимур Жакупов"));
}

#[test]
fn husband_and_wife_stay_apart() {
    let doc = GLAGOL.process(
        "Книгу написали Павел Лучин и Вера Лучина. Потом Лучина собрала архив, а Лучин сделал рисунки.",
    );
    assert_eq!(name_of(&doc, "Лучина"), Some("Вера Лучина"));
    assert_eq!(name_of(&doc, "Лучин"), Some("Павел Лучин"));
}

#[test]
fn a_position_takes_in_what_it_belongs_to_and_knows_its_holder() {
    let doc = GLAGOL.process(
        "Министр энергетики Узбекистана Бахтиёр Юлдашев открыл станцию. Позже министр ответил на вопросы.",
    );
    let positions = mentions(&doc, POS);
    assert!(
        positions.contains(&"Министр энергетики Узбекистана"),
        "{positions:?}"
    );
    assert_eq!(name_of(&doc, "министр"), Some("Бахтиёр Юлдашев"));
    let person = doc
        .entities
        .iter()
        .find(|e| e.kind == PER)
        .expect("a person");
    assert_eq!(
        person.role.as_deref(),
        Some("министр энергетики Узбекистана")
    );
}

#[test]
fn a_position_of_another_country_stands_for_nobody_here() {
    let doc = GLAGOL.process(
        "Президент Франции Жюльен Морель прибыл в Астану. Президент Бразилии прислал поздравление.",
    );
    assert_eq!(name_of(&doc, "Президент Бразилии"), None);
    assert_eq!(name_of(&doc, "Президент Франции"), Some("Жюльен Морель"));
}

#[test]
fn a_predicate_is_no_reference() {
    let doc = GLAGOL.process("Ректор Игорь Стрельцов ушёл. Лена хочет стать ректором.");
    assert_eq!(name_of(&doc, "Ректор"), Some("Игорь Стрельцов"));
    assert_eq!(name_of(&doc, "ректором"), None);
}

#[test]
fn general_words_stand_for_known_offices() {
    let doc = GLAGOL.process(
        "Александр Лукашенко посетил ферму. Глава белорусского государства остался доволен. Президент Беларуси поговорил с доярками.",
    );
    assert_eq!(
        name_of(&doc, "Президент Беларуси"),
        Some("Александр Лукашенко")
    );
    let head = doc
        .mentions
        .iter()
        .find(|m| m.kind == POS && m.span.slice(&doc.text).starts_with("Глава"))
        .expect("a position");
    assert_eq!(
        head.entity.map(|e| doc.entities[e as usize].name.as_str()),
        Some("Александр Лукашенко")
    );
}

#[test]
fn a_name_in_marks_behind_a_noun_that_calls_for_one() {
    let doc = GLAGOL.process("Договор подписала компания «Степной ветер», сообщили журналистам.");
    assert_eq!(mentions(&doc, ORG), ["Степной ветер"]);
    let doc = GLAGOL.process("Так называемый «степной ветер» дул три дня.");
    assert_eq!(mentions(&doc, ORG), [""; 0]);
}

#[test]
fn things_in_marks_are_no_organisations() {
    let doc = GLAGOL.process(
        "Экипаж корабля «Вега» вернулся на берег. Следующий спуск «Веги» назначен на июль.",
    );
    assert_eq!(mentions(&doc, ORG), [""; 0]);
    let doc = GLAGOL.process("Сотрудники компании «Вега» вернулись на берег.");
    assert_eq!(mentions(&doc, ORG), ["Вега"]);
}

#[test]
fn latin_names_behind_a_noun_and_in_brackets() {
    let doc = GLAGOL.process("Об этом рассказал директор компании Nordlane Trade Иван Серов.");
    assert_eq!(mentions(&doc, ORG), ["Nordlane Trade"]);
    assert_eq!(mentions(&doc, PER), ["Иван Серов"]);
    let doc = GLAGOL.process(
        "Заявку подал Северный земельный банк (Northern Land Bank, NLB). В NLB это подтвердили.",
    );
    assert!(mentions(&doc, ORG).contains(&"Northern Land Bank"));
    assert!(mentions(&doc, ORG).iter().filter(|m| **m == "NLB").count() == 2);
    // A noun for an organisation calls for no name in a new sentence, nor over a comma.
    let doc = GLAGOL.process("Отчёт прислала компания, Windows он не понравился.");
    assert!(
        !doc.mentions
            .iter()
            .any(|m| m.rule.as_str() == "entity.latin")
    );
}

#[test]
fn names_with_digits_and_joints() {
    let doc = GLAGOL.process("Как пишет 24.kg, сессия отложена, а 7 каналов об этом молчат.");
    assert_eq!(mentions(&doc, ORG), ["24.kg"]);
    let doc = GLAGOL.process("В партии «Справедливая Россия — Патриоты — За правду» согласны.");
    assert_eq!(
        mentions(&doc, ORG),
        ["Справедливая Россия — Патриоты — За правду"]
    );
}

#[test]
fn a_name_has_both_its_marks_or_none() {
    let doc = GLAGOL.process("Как сообщает РИА «Новости», мост открыт.");
    assert_eq!(mentions(&doc, ORG), ["РИА «Новости»"]);
    let doc = GLAGOL.process("Как сообщает «Коммерсант», мост открыт.");
    assert_eq!(mentions(&doc, ORG), ["Коммерсант"]);
}

#[test]
fn a_position_before_a_name_agrees_with_it() {
    for (text, mention, name) in [
        (
            "Режиссёр Тамир Морвена сообщил о съёмках.",
            "Тамир Морвена",
            "Тамир Морвена",
        ),
        (
            "Показали фильм режиссёра Тамира Морвена.",
            "Тамира Морвена",
            "Тамир Морвен",
        ),
        (
            "Премию вручили министру Тамиру Морвене.",
            "Тамиру Морвене",
            "Тамир Морвена",
        ),
        (
            "С докладом выступил помощник заместителя министра Тамир Морвена.",
            "Тамир Морвена",
            "Тамир Морвена",
        ),
        (
            "Всемирно известная Таврина приехала в Минск.",
            "Таврина",
            "Таврина",
        ),
    ] {
        let doc = GLAGOL.process(text);
        assert_eq!(name_of(&doc, mention), Some(name), "{text}");
    }
}

#[test]
fn the_sex_is_shown_by_verbs_and_feminine_nouns() {
    use glagol::document::Sex;
    for (text, sex) in [
        ("Об этом сообщила Морган Тавиль.", Sex::Female),
        ("Об этом сообщил Морган Тавиль.", Sex::Male),
        ("Роль сыграла актриса Морган Тавиль.", Sex::Female),
        ("На вопросы ответила судья Морган Тавиль.", Sex::Female),
        (
            "Премию получит Морган Тавиль, которая живёт в Осло.",
            Sex::Female,
        ),
        ("Жюри выбрало судью Моргана Тавиля.", Sex::Male),
    ] {
        let doc = GLAGOL.process(text);
        let entity = doc
            .mentions
            .iter()
            .find(|m| m.kind == EntityType::Person)
            .and_then(|m| m.entity)
            .expect(text);
        assert_eq!(doc.entities[entity as usize].sex, Some(sex), "{text}");
    }
}

#[test]
fn a_genitive_plural_is_no_dictionary_person() {
    let doc = GLAGOL.process("Председателем избран Александр Турчинов.");
    assert_eq!(
        name_of(&doc, "Александр Турчинов"),
        Some("Александр Турчинов")
    );
}

#[test]
fn other_forms_of_a_surname_settle_its_nominative() {
    let doc = GLAGOL.process(
        "Гонщика Фелипе Массу поздравили с победой. По словам Массы, машина была хороша. Масса доволен.",
    );
    assert_eq!(name_of(&doc, "Фелипе Массу"), Some("Фелипе Масса"));
    let doc = GLAGOL.process(
        "Гонщика Фелипе Масса поздравили с победой. По словам Масса, машина была хороша. Масс доволен, Массом гордятся.",
    );
    assert_eq!(name_of(&doc, "Фелипе Масса"), Some("Фелипе Масс"));
}

#[test]
fn the_word_before_a_name_tells_its_case() {
    let doc = GLAGOL.process("Александра Лугина ответила на вопросы.");
    assert_eq!(
        name_of(&doc, "Александра Лугина"),
        Some("Александра Лугина")
    );
    let doc = GLAGOL.process("На вопросы ответили без Александра Лугина.");
    assert_eq!(name_of(&doc, "Александра Лугина"), Some("Александр Лугин"));
}

#[test]
fn an_abbreviation_in_brackets_is_used_later() {
    let doc = GLAGOL
        .process("Союз пчеловодов Приозёрья (СПП) просит помощи. В СПП состоят двести человек.");
    assert!(mentions(&doc, ORG).contains(&"СПП"));
    assert_eq!(name_of(&doc, "СПП"), Some("Союз пчеловодов Приозёрья"));
}

#[test]
fn common_nouns_for_organisations_are_generic() {
    let doc = GLAGOL.process("Парламент Чехии принял закон. Министерство обороны Чехии против.");
    let generic: Vec<&str> = doc
        .mentions
        .iter()
        .filter(|m| m.generic)
        .map(|m| m.span.slice(&doc.text))
        .collect();
    assert_eq!(generic, ["Парламент Чехии"]);
    assert!(mentions(&doc, LOC).contains(&"Чехии"));
}

#[test]
fn an_organisation_of_a_country_by_its_adjective() {
    let doc = GLAGOL.process("Ноту вручили в российском МИД. МИД России пояснил позицию.");
    assert_eq!(id_of(&doc, "МИД России"), Some("ru-mfa"));
    let other = doc
        .mentions
        .iter()
        .find(|m| m.kind == ORG && m.span.slice(&doc.text).starts_with("российском"));
    if let Some(m) = other {
        assert_eq!(m.id.as_deref(), Some("ru-mfa"));
    }
}

#[test]
fn titles_are_no_part_of_names() {
    let doc = GLAGOL.process("В церемонии участвовал принц Филипп.");
    assert_eq!(mentions(&doc, PER), ["Филипп"]);
}

#[test]
fn relations_are_no_part_of_names() {
    for (text, name) in [
        ("Сын магната Р. Мердока приехал в Минск.", "Р. Мердока"),
        ("Вдова Виктора Ларина подала в суд.", "Виктора Ларина"),
        ("Мать Тереза основала орден.", "Мать Тереза"),
    ] {
        assert_eq!(mentions(&GLAGOL.process(text), PER), [name], "{text}");
    }
}

#[test]
fn two_people_side_by_side() {
    let doc = GLAGOL.process("Место В. Ларина занял А. Кротов, выпускник той же школы.");
    assert_eq!(mentions(&doc, PER), ["В. Ларина", "А. Кротов"]);
}

#[test]
fn a_surname_is_found_again_and_an_ordinary_word_is_not() {
    let doc = GLAGOL.process(
        "Тренер Олег Снег доволен. Снег лежит до апреля. Команду хвалили за игру, а Снега за выдержку.",
    );
    let people = mentions(&doc, PER);
    assert!(people.contains(&"Олег Снег"), "{people:?}");
    assert!(!people.contains(&"Снег"), "{people:?}");
}

#[test]
fn a_dictionary_of_the_users_own_wins() {
    let mut glagol = Pipeline::new().expect("loads");
    let rows = "id,type,class,name,lang,kind,sex,country,role,match,source\n\
        own-minsk,ORG,sport,Минск-2000,ru,full,,,,,own\n\
        drozdov-egor,PER,other,Егор Дроздов,ru,full,m,BY,председатель кооператива,,own\n\
        drozdov-egor,PER,other,Yegor Drozdov,en,full,m,BY,,,own\n";
    glagol.add_dictionary("own.csv", rows).expect("good rows");
    let doc = glagol.process("Встречу с Егором Дроздовым отменили. Дроздов уехал.");
    assert_eq!(id_of(&doc, "Егором Дроздовым"), Some("drozdov-egor"));
    assert_eq!(id_of(&doc, "Дроздов"), Some("drozdov-egor"));
    let entity = &doc.entities[0];
    assert_eq!(entity.id_source, IdSource::Dictionary);
    assert_eq!(entity.name_en.as_deref(), Some("Yegor Drozdov"));
    let error = glagol
        .add_dictionary("bad.csv", "id,type,name\nx,WHO,Некто\n")
        .expect_err("a bad row");
    assert!(error.to_string().starts_with("bad.csv:2:"), "{error}");
}

#[test]
fn what_is_found_does_not_depend_on_documents_before() {
    let texts = [
        "Аркадий Брусникин встретил Ольгу Ветрову.",
        "Брусникин и Ветрова уехали в Брест.",
    ];
    let mut scratch = Scratch::default();
    for text in texts {
        let fresh = GLAGOL.process(text);
        let used = GLAGOL.process_document(
            Document::new(Default::default(), text.to_owned()),
            &mut scratch,
        );
        assert_eq!(fresh.mentions, used.mentions);
        assert_eq!(fresh.entities, used.entities);
    }
}

#[test]
fn an_english_surname_alone_is_the_one_the_news_is_about() {
    let doc = GLAGOL.process(
        "Anna Larkwood opened the plant. Tom Larkwood, her son, was there. Larkwood said it would pay. Mr. Larkwood left early. Anna Larkwood stayed.",
    );
    let names: Vec<&str> = doc
        .mentions
        .iter()
        .filter(|m| m.kind == PER && m.span.slice(&doc.text) == "Larkwood")
        .map(|m| &*doc.entities[m.entity.unwrap() as usize].name)
        .collect();
    assert_eq!(names, ["Anna Larkwood", "Tom Larkwood"]);
}

#[test]
fn what_an_english_article_introduces_is_nobody_known() {
    let doc = GLAGOL.process(
        "Judge Peter Marlowe retired. A judge from Leeds took over. The judge was praised.",
    );
    let held: Vec<bool> = doc
        .mentions
        .iter()
        .filter(|m| m.kind == POS && m.span.slice(&doc.text) == "judge")
        .map(|m| m.entity.is_some())
        .collect();
    assert_eq!(held, [false, true]);
}

#[test]
fn a_surname_in_the_plural_names_one_of_a_family() {
    let doc = GLAGOL.process("Задержаны братья Иван и Глеб Ромашевы.");
    assert_eq!(name_of(&doc, "Глеб Ромашевы"), Some("Глеб Ромашев"));
}

#[test]
fn an_office_is_named_with_its_field() {
    let doc = GLAGOL.process(
        "Об этом сообщил Областной комитет по делам молодёжи и спорту. Сенаторы согласны.",
    );
    assert_eq!(
        mentions(&doc, ORG),
        ["Областной комитет по делам молодёжи и спорту"]
    );
    let doc = GLAGOL.process("Областной комитет по итогам года доволен, Сенаторы согласны.");
    assert_eq!(mentions(&doc, ORG), ["Областной комитет"]);
}

#[test]
fn an_unlisted_person_has_one_id_in_both_languages() {
    let ru = GLAGOL.process("На вопросы ответил инженер Сергей Ахметьев.");
    let en = GLAGOL.process("The questions were answered by engineer Sergei Akhmetyev.");
    let id = id_of(&ru, "Сергей Ахметьев");
    assert!(id.is_some());
    assert_eq!(id, id_of(&en, "Sergei Akhmetyev"));
}

#[test]
fn middle_names_keep_people_apart() {
    let doc = GLAGOL.process("Задержаны Абдул Карим Салехов и Абдул Рашид Салехов.");
    assert_ne!(id_of(&doc, "Абдул Карим Салехов"), None);
    let people: Vec<_> = doc.entities.iter().filter(|e| e.kind == PER).collect();
    assert_eq!(people.len(), 2);
}

#[test]
fn an_adjective_of_a_common_noun_is_no_person() {
    for text in [
        "Учёные получили Нобелевскую премию за эту работу.",
        "Она мечтала о Нобелевской премии с детства.",
    ] {
        let doc = GLAGOL.process(text);
        assert!(mentions(&doc, PER).is_empty(), "{text}");
    }
    // A surname that looks like an adjective, and an adjective that does not agree.
    for (text, name) in [
        ("Мария Ковальская премию не получила.", "Мария Ковальская"),
        ("По словам Горького, роман готов.", "Горького"),
        ("Режиссёр Вера Полонская картину сняла.", "Вера Полонская"),
    ] {
        assert_eq!(mentions(&GLAGOL.process(text), PER), [name], "{text}");
    }
}

#[test]
fn initials_with_a_hyphen_are_one_name() {
    let doc = GLAGOL.process("В Риме выступил Ж.-К. Дюбуа. Ж.-К. Дюбуа ответил на вопросы.");
    assert_eq!(mentions(&doc, PER), ["Ж.-К. Дюбуа", "Ж.-К. Дюбуа"]);
    assert_eq!(name_of(&doc, "Ж.-К. Дюбуа"), Some("Ж.-К. Дюбуа"));
    // No hyphen, and two people.
    let doc = GLAGOL.process("Выступили А. Орлов и К. Лапин. Ж. К. Дюбуа ответил.");
    assert_eq!(mentions(&doc, PER), ["А. Орлов", "К. Лапин", "Ж. К. Дюбуа"]);
    assert_eq!(name_of(&doc, "Ж. К. Дюбуа"), Some("Ж. К. Дюбуа"));
}

#[test]
fn a_surname_goes_to_the_sex_that_its_verb_shows() {
    let doc = GLAGOL.process(
        "Анна Громыхина и Олег Громыхин спорили. Олег Громыхин ушёл первым. Громыхина заявила, что не уйдёт.",
    );
    assert_eq!(name_of(&doc, "Громыхина"), Some("Анна Громыхина"));
    // Where there is no woman, the verb is another word's.
    let doc = GLAGOL.process("Олег Савельев ушёл первым. Савельева задержала полиция.");
    assert_eq!(name_of(&doc, "Савельева"), Some("Олег Савельев"));
}
