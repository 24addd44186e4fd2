/* The common workload as one would write it in C for speed alone: one array for each field, lists
   linked through the agents. Its numbers are given to the compiler by c_peer.py from workload.py,
   its chance is that of sim/randomness.py. */

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

static inline uint64_t mix(uint64_t z)
{
    z = (z ^ (z >> 30)) * MIX_1;
    z = (z ^ (z >> 27)) * MIX_2;
    return z ^ (z >> 31);
}

static inline double uniform(uint64_t key, uint64_t decision, uint64_t count)
{
    uint64_t bits = mix(mix(key ^ (decision * STEP_DECISION + count * STEP_COUNT))) >> 11;
    return ((double)bits + 0.5) * TO_UNIT;
}

/* Returns the agent-weeks; -1 where there is no memory or no room for all agents. */
int64_t run(int64_t stock, uint64_t seed, int64_t days, int64_t caseworkers, int64_t room,
            const int64_t *arrivals, int64_t *stocks, int64_t *totals)
{
    int64_t places = caseworkers * PORTFOLIO_CAP, slots = 2 * room;
    int8_t *state = calloc(room, 1), *barriers = calloc(room, 1);
    uint64_t *key = calloc(room, sizeof *key);
    double *intensity = calloc(room, sizeof *intensity);
    int32_t *own = calloc(room, sizeof *own), *next = calloc(room, sizeof *next);
    int16_t *last = calloc(room, sizeof *last), *since = calloc(room, sizeof *since);
    int16_t *asked = calloc(room, sizeof *asked);
    int32_t *queue = calloc(slots, sizeof *queue), *tokens = calloc(places, sizeof *tokens);
    int32_t *first = calloc(caseworkers, sizeof *first), *tail = calloc(caseworkers, sizeof *tail);
    int32_t *budget = calloc(caseworkers, sizeof *budget);
    int64_t agent_weeks = 0, agents = 0, head = 0, waiting = 0, token = 0, free_places = places;
    int64_t now[STATES] = {0};
    uint64_t seed_mixed = mix(seed);

    if (!state || !barriers || !key || !intensity || !own || !next || !last || !since || !asked ||
        !queue || !tokens || !first || !tail || !budget) {
        agent_weeks = -1;
        goto end;
    }
    for (int64_t place = 0; place < places; place++)
        tokens[place] = place % caseworkers;
    for (int64_t post = 0; post < caseworkers; post++)
        first[post] = -1;

    for (int64_t day = 0; day < days; day++) {
        int64_t weekday = day % DAYS_PER_WEEK, present = day ? agents : stock;
        int64_t come = (day ? 0 : stock) + arrivals[day];
        if (agents + come > room) {
            agent_weeks = -1;
            goto end;
        }
        for (int64_t end = agents + come; agents < end; agents++) {
            int is_stock = agents < stock;
            key[agents] = mix(seed_mixed ^ ((uint64_t)agents * STEP_WHO));
            barriers[agents] = (int8_t)(MOST_BARRIERS * uniform(key[agents], BARRIERS_AT_ENTRY, 0));
            state[agents] = is_stock ? QUEUE : WAIT_SESSION;
            now[state[agents]]++;
            since[agents] = day;
            own[agents] = -1;
            asked[agents] = -1;
            last[agents] = LONG_AGO;
            if (is_stock)
                queue[waiting++] = agents;
        }

        if (weekday == SESSION_WEEKDAY_1 || weekday == SESSION_WEEKDAY_2)
            for (int64_t a = 0; a < agents; a++)
                if (state[a] == WAIT_SESSION && since[a] < day) {
                    state[a] = QUEUE;
                    now[WAIT_SESSION]--;
                    now[QUEUE]++;
                    int64_t slot = head + waiting++;
                    queue[slot < slots ? slot : slot - slots] = a;
                }

        while (free_places > 0 && waiting > 0) {
            int32_t a = queue[head];
            head = head + 1 < slots ? head + 1 : 0;
            waiting--;
            if (state[a] != QUEUE)
                continue;
            own[a] = tokens[token];
            token = token + 1 < places ? token + 1 : 0;
            free_places--;
            state[a] = ACCOMPANIED;
            now[QUEUE]--;
            now[ACCOMPANIED]++;
            since[a] = day;
            intensity[a] = 0.0;
            last[a] = day;
        }

        for (int64_t a = weekday; a < present; a += DAYS_PER_WEEK) {
            int status = state[a], wants_contact = 0;
            if (status == OUT)
                continue;
            agent_weeks++;
            double u = uniform(key[a], TICK, day);
            if (status == JOB) {
                int weeks = (day - since[a]) / DAYS_PER_WEEK;
                double hazard = RUPTURE_HAZARD * (day - last[a] <= FOLLOWED_DAYS ? FOLLOWED_FACTOR : 1.0);
                if (weeks >= DURABLE_WEEKS) {
                    state[a] = OUT;
                    totals[EXITS]++;
                } else if (u < 1.0 - exp(-hazard)) {
                    state[a] = WAIT_SESSION;
                    since[a] = day;
                    intensity[a] = 0.0;
                    totals[RUPTURES]++;
                } else {
                    wants_contact = weeks > 0 && weeks % FOLLOW_UP_WEEKS == 0 && own[a] >= 0;
                }
            } else {
                double support = 0.0;
                if (status == ACCOMPANIED)
                    support = intensity[a] * exp(-(day - last[a]) / INTENSITY_DAYS);
                double hazard = JOB_HAZARD * exp(-BARRIER_EFFECT * barriers[a]) *
                                (JOB_SHARE_ALONE + JOB_SHARE_OF_SUPPORT * support);
                if (u < EXIT_CHANCE) {
                    state[a] = OUT;
                    totals[EXITS]++;
                } else if (u < EXIT_CHANCE + (1.0 - exp(-hazard))) {
                    state[a] = JOB;
                    since[a] = day;
                    totals[JOBS]++;
                    if (status != ACCOMPANIED) {
                        last[a] = LONG_AGO;
                        own[a] = -1;
                    }
                } else {
                    wants_contact = status == ACCOMPANIED;
                }
                if (status == ACCOMPANIED && state[a] != ACCOMPANIED) {
                    int64_t place = token + free_places++;
                    tokens[place < places ? place : place - places] = own[a];
                }
            }
            now[status]--;
            now[state[a]]++;
            if (wants_contact) {
                totals[REQUESTS]++;
                if (asked[a] >= 0) {
                    totals[MISSED]++;
                } else {
                    int32_t post = own[a];
                    asked[a] = day;
                    next[a] = -1;
                    if (first[post] < 0)
                        first[post] = a;
                    else
                        next[tail[post]] = a;
                    tail[post] = a;
                }
            }
        }

        for (int64_t post = 0; post < caseworkers; post++) {
            int32_t left = (budget[post] < 0 ? budget[post] : 0) + MINUTES_PER_DAY, a = first[post];
            while (left > 0 && a >= 0) {
                int when = asked[a];
                asked[a] = -1;
                if (own[a] == post && (state[a] == ACCOMPANIED || state[a] == JOB)) {
                    left -= CONTACT_MINUTES;
                    if (state[a] == ACCOMPANIED) {
                        int is_long = (when - since[a]) / DAYS_PER_WEEK % APPOINTMENT_WEEKS == 0;
                        if (is_long)
                            left -= APPOINTMENT_MINUTES - CONTACT_MINUTES;
                        intensity[a] = intensity[a] * exp(-(day - last[a]) / INTENSITY_DAYS) +
                                       GAIN_OF_A_CONTACT;
                        double chance = is_long ? BARRIER_FALLS_IN_APPOINTMENT : BARRIER_FALLS_IN_CONTACT;
                        if (barriers[a] > 0 && uniform(key[a], BARRIER_FALLS, day) < chance)
                            barriers[a]--;
                    }
                    last[a] = day;
                    totals[HELD]++;
                    totals[DELAY_DAYS] += day - when;
                }
                a = next[a];
            }
            first[post] = a;
            budget[post] = left;
        }
        for (int status = 0; status < STATES; status++)
            stocks[day * STATES + status] = now[status];
    }
end:
    free(state), free(barriers), free(key), free(intensity), free(own), free(next), free(last);
    free(since), free(asked), free(queue), free(tokens), free(first), free(tail), free(budget);
    return agent_weeks;
}
